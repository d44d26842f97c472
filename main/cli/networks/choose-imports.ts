import type { Change } from '../../engine/change.ts';
import type { Engine } from '../../engine/engine.ts';
import type { CliFailure } from '../cli-failure.ts';
import { describeFailure } from '../print/describe-failure.ts';
import { printable } from '../print/printable.ts';
import type { LibvirtItem } from './libvirt-source.ts';

export interface Imports {
  readonly changes: readonly Change[];
  readonly taken: readonly LibvirtItem[];
  readonly left: readonly { readonly what: string; readonly why: string }[];
}

function changeFor({ kind, text, file }: LibvirtItem): Change {
  if (kind === 'filter') return { change: 'define-filter', text, file };
  return kind === 'network' ? { change: 'define-network', text, file } : { change: 'create-binding', text, file };
}

/** Why it was refused, in one line. */
function whyOf(failure: CliFailure): string {
  if (failure.kind !== 'diagnostics') return describeFailure(failure).cause ?? failure.kind;
  return failure.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, span }) => printable(`${message} (line ${span.line})`))
    .join(' ');
}

const stockReason =
  'it is not the one that Guestward comes with; to have it all the same, leave its <uuid> out and use guestward nwfilter-define';

/** What stands here already under this name. */
function isThere(
  { workspace: { filters, networks, bindings } }: Engine,
  { kind, name }: LibvirtItem,
): string | undefined {
  if (kind === 'filter') {
    const filter = filters.get(name);
    return filter && (filter.stock ? stockReason : 'Guestward has a filter of this name');
  }
  if (kind === 'network') return networks.has(name) ? 'Guestward has a network of this name' : undefined;
  return bindings.has(name) ? 'this device is bound already' : undefined;
}

/** Whether libvirt's filter of the name of a stock filter says something else; uuids differ from host to host. */
async function isChanged(engine: Engine, { name, text, file }: LibvirtItem): Promise<boolean> {
  const { filterXml } = await import('../../engine/definition-xml.ts');
  const own = text.replace(/<uuid>[^<]*<\/uuid>/, '');
  const outcome = await engine.apply([{ change: 'define-filter', text: own, file }], { dryRun: true });
  if (!outcome.ok) return true;
  const [before, after] = [engine.workspace, outcome.value.workspace].map((each) => filterXml(each, name, 'canonical'));
  return !(before?.ok && after?.ok && before.value === after.value);
}

/** Tries one after the other what can be taken together; what refers to what comes later is tried again after it. */
export async function chooseImports(engine: Engine, items: readonly LibvirtItem[]): Promise<Imports> {
  const left: { what: string; why: string }[] = [];
  const taken: LibvirtItem[] = [];
  let changes: readonly Change[] = [];
  let waiting: LibvirtItem[] = [];
  for (const item of items) {
    const isStock = item.kind === 'filter' && engine.workspace.filters.get(item.name)?.stock === true;
    if (isStock && !(await isChanged(engine, item))) continue;
    const why = isThere(engine, item);
    if (why === undefined) waiting.push(item);
    else left.push({ what: `${item.kind} ${item.name}`, why });
  }
  for (let progress = true; progress && waiting.length > 0; ) {
    progress = false;
    const refused: LibvirtItem[] = [];
    const reasons: { what: string; why: string }[] = [];
    for (const item of waiting) {
      const tried = [...changes, changeFor(item)];
      const outcome = await engine.apply(tried, { dryRun: true });
      if (outcome.ok) {
        changes = tried;
        taken.push(item);
        progress = true;
      } else {
        refused.push(item);
        reasons.push({ what: `${item.kind} ${item.name}`, why: whyOf(outcome.failure) });
      }
    }
    waiting = refused;
    if (!progress) left.push(...reasons);
  }
  return { changes, taken, left };
}
