import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSystemError, readTextFile, reasonOf } from '../read-text-file.ts';

export type LibvirtKind = 'filter' | 'network' | 'binding';

export interface LibvirtItem {
  readonly kind: LibvirtKind;
  readonly name: string;
  /** Where it was read from; its diagnostics carry it. */
  readonly file: string;
  readonly text: string;
  readonly autostart: boolean;
}

export interface LibvirtReading {
  /** virsh, or a folder. */
  readonly source: string;
  readonly items: readonly LibvirtItem[];
  /** What could not even be read. */
  readonly unread: readonly { readonly what: string; readonly why: string }[];
}

const virsh = '/usr/bin/virsh';
const kinds = [
  { kind: 'filter', list: ['nwfilter-list'], column: 1, dump: ['nwfilter-dumpxml'], folder: 'nwfilter' },
  {
    kind: 'network',
    list: ['net-list', '--all', '--name'],
    column: 0,
    dump: ['net-dumpxml', '--inactive'],
    folder: 'qemu/networks',
  },
  {
    kind: 'binding',
    list: ['nwfilter-binding-list'],
    column: 0,
    dump: ['nwfilter-binding-dumpxml'],
    folder: 'nwfilter-binding',
  },
] as const;
type KindOf = (typeof kinds)[number];

function runVirsh(...args: readonly string[]): string | undefined {
  const done = spawnSync(virsh, ['--quiet', '--connect', 'qemu:///system', ...args], {
    encoding: 'utf8',
    shell: false,
    timeout: 30_000,
  });
  return done.status === 0 ? done.stdout : undefined;
}

function virshRuns(): boolean {
  try {
    accessSync(virsh, constants.X_OK);
  } catch {
    return false;
  }
  return runVirsh('net-list', '--all') !== undefined;
}

function fromVirsh(): LibvirtReading {
  const items: LibvirtItem[] = [];
  const unread: { what: string; why: string }[] = [];
  const autostarted = new Set((runVirsh('net-list', '--all', '--autostart', '--name') ?? '').split('\n'));
  for (const { kind, list, column, dump } of kinds) {
    const names = (runVirsh(...list) ?? '').split('\n').flatMap((line) => line.trim().split(/\s{2,}/)[column] || []);
    for (const name of names) {
      const text = runVirsh(...dump, '--', name);
      if (text === undefined) unread.push({ what: `${kind} ${name}`, why: 'virsh could not print it' });
      else
        items.push({
          kind,
          name,
          file: `virsh: ${name}`,
          text,
          autostart: kind === 'network' && autostarted.has(name),
        });
    }
  }
  return { source: 'virsh', items, unread };
}

/** A folder that is not there has none; one that cannot be read is told of, for libvirt's own are root's alone. */
function xmlFiles(folder: string): { readonly names: readonly string[]; readonly why?: string } {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.xml'));
    return { names: names.sort() };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? { names: [] } : { names: [], why: reasonOf(error) };
  }
}

/** libvirtd wraps a binding that stands in its status (virNWFilterBindingObjFormat). */
const unwrapped = (text: string): string => /<filterbinding>[\s\S]*<\/filterbinding>/.exec(text)?.[0] ?? text;

function fromFolder(
  root: string,
  { kind, folder }: KindOf,
  bindings: string,
): Pick<LibvirtReading, 'items' | 'unread'> {
  const place = kind === 'binding' ? bindings : join(root, folder);
  const autostarted = new Set(kind === 'network' ? xmlFiles(join(place, 'autostart')).names : []);
  const items: LibvirtItem[] = [];
  const { names, why } = xmlFiles(place);
  const unread: { what: string; why: string }[] = why === undefined ? [] : [{ what: `${kind}s in ${place}`, why }];
  for (const each of names) {
    const file = join(place, each);
    const text = readTextFile(file);
    const name = each.slice(0, -'.xml'.length);
    if (text.ok) {
      const own = kind === 'binding' ? unwrapped(text.value) : text.value;
      items.push({ kind, name, file, text: own, autostart: autostarted.has(each) });
    } else {
      unread.push({
        what: file,
        why: text.failure.kind === 'unreadable-file' ? text.failure.reason : 'it cannot be read',
      });
    }
  }
  return { items, unread };
}

/** What libvirt has: as virsh tells it where it runs, and else as it lies in libvirt's folders. */
export function readLibvirt(from: string | undefined): LibvirtReading {
  if (from === undefined && virshRuns()) return fromVirsh();
  const root = from ?? '/etc/libvirt';
  const bindings = from === undefined ? '/run/libvirt/nwfilter-binding' : join(from, 'nwfilter-binding');
  const parts = kinds.map((kind) => fromFolder(root, kind, bindings));
  return { source: root, items: parts.flatMap(({ items }) => items), unread: parts.flatMap(({ unread }) => unread) };
}
