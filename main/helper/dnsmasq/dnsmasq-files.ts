import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { definitionFileName } from '../../../shared/plan/definition-file-name.ts';
import type { Places } from '../places.ts';
import { isErrno } from '../root-file.ts';

/**
 * What belongs to a network's dnsmasq in the run folder, named after its bridge. stale: it has not been told yet that its lists are new; words: its
 * own, of why it does not run; resolve: what the host's resolver was told. conf goes last: as long as it is there, a process may be.
 */
export const fileKinds = ['pid', 'hosts', 'names', 'stale', 'words', 'resolve', 'conf'] as const;
export type FileKind = (typeof fileKinds)[number];

/** Where the files are; everybody can pass through it to those that he may read. */
export function dnsmasqFolder({ run }: Places): string {
  return join(run, 'dnsmasq');
}

export function dnsmasqFile(places: Places, bridge: string, kind: FileKind): string {
  return join(dnsmasqFolder(places), `${bridge}.${kind}`);
}

/** The bridges that have such files, whether or not their networks still stand. */
export function bridgesWithFiles(places: Places): ReadonlySet<string> {
  const kinds = new RegExp(`\\.(?:${fileKinds.join('|')})$`);
  const names = readFolder(dnsmasqFolder(places)).filter((name) => kinds.test(name));
  return new Set(names.map((name) => name.replace(kinds, '')));
}

export function leasesFolder({ state }: Places): string {
  return join(state, 'leases');
}

/** A network's leases, which survive its bridge's name; undefined where the name is too long for a file, as its definition's is then. */
export function leasesFile(places: Places, network: string): string | undefined {
  const name = definitionFileName(network);
  return name === undefined ? undefined : join(leasesFolder(places), name.replace(/xml$/, 'leases'));
}

function readFolder(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
