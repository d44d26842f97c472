import type { Checked, Diagnostic } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Cure } from '../../../shared/plan/network-setup.ts';
import type { DefinitionChange } from '../../../shared/plan/plan.ts';
import type { Plug } from '../../../shared/plan/plug.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import type { FilterChange } from '../change.ts';
import type { EngineFailure, Outcome } from '../failure.ts';
import type { NetworkText, StoredBinding, StoredNetwork } from '../workspace.ts';
import type { NetworkSurroundings } from './network-surroundings.ts';

/** Networks and ports while changes are carried out on them. */
export interface NetworkDraft {
  readonly networks: Map<string, StoredNetwork>;
  readonly ports: Map<string, Port>;
  /** The bindings before the changes. */
  readonly bindings: ReadonlyMap<string, StoredBinding>;
  readonly files: Map<string, DefinitionChange>;
  readonly warnings: Diagnostic[];
  /** What was done beside what was asked for, or could not be: whole sentences. */
  readonly notes: Set<string>;
  readonly sources: Map<string, string>;
  /** What follows for the filters' bindings. */
  readonly bindingChanges: FilterChange[];
  /** NICs of others that are to go to another bridge, by device. */
  readonly plugs: Map<string, Plug>;
  /** Cures that were agreed to for started networks. */
  readonly cures: Map<string, readonly Cure[]>;
  readonly surroundings: NetworkSurroundings;
}

export const fail = (failure: EngineFailure): { readonly ok: false; readonly failure: EngineFailure } => ({
  ok: false,
  failure,
});
export const succeed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const done: Outcome<undefined> = succeed(undefined);

/** The value of what was read, with its warnings noted; or its findings as a failure. */
export function accept<T>(result: Checked<T>, draft: NetworkDraft): Outcome<T> {
  if (!result.ok)
    return fail({ kind: 'diagnostics', diagnostics: result.diagnostics, sources: draft.sources, devices: [] });
  draft.warnings.push(...result.warnings);
  return succeed(result.value);
}

/** The document that counts: of the network as it stands, else as it is defined. */
export function currentDocument({ live, persistent }: StoredNetwork): NetworkDocument {
  const found = live ?? persistent;
  if (found === undefined) throw new Error('A network is neither started nor defined.');
  return found.document;
}

export function findNetwork(
  networks: ReadonlyMap<string, StoredNetwork>,
  nameOrUuid: string,
): StoredNetwork | undefined {
  const byName = networks.get(nameOrUuid);
  if (byName !== undefined || !/^[0-9a-fA-F-]{36}$/.test(nameOrUuid)) return byName;
  const uuid = nameOrUuid.toLowerCase();
  return [...networks.values()].find((stored) => currentDocument(stored).uuid?.toLowerCase() === uuid);
}

export function needNetwork(draft: NetworkDraft, nameOrUuid: string): Outcome<StoredNetwork> {
  const found = findNetwork(draft.networks, nameOrUuid);
  return found === undefined ? fail({ kind: 'network-not-found', network: nameOrUuid }) : succeed(found);
}

const kinds = { persistent: 'network', live: 'live-network' } as const;

/** Notes that a network is defined, or stands, as this document says, or (undefined) no longer is or does. */
export function setDocument(
  draft: NetworkDraft,
  name: string,
  side: 'persistent' | 'live',
  document: NetworkDocument | undefined,
): void {
  const text: NetworkText | undefined = document && { document, text: printNetwork(document) };
  const before: StoredNetwork = draft.networks.get(name) ?? { name, persistent: undefined, live: undefined };
  const after = { ...before, [side]: text };
  const kind = kinds[side];
  if (text !== undefined || before[side] !== undefined)
    draft.files.set(`${kind} ${name}`, { kind, name, text: text?.text ?? null });
  if (after.persistent !== undefined || after.live !== undefined) {
    draft.networks.set(name, after);
    return;
  }
  draft.networks.delete(name);
  // Nothing is left that a port could be on.
  for (const port of draft.ports.values()) if (port.network === name) dropPort(draft, port.device);
}

export function dropPort(draft: NetworkDraft, device: string): void {
  draft.ports.delete(device);
  draft.files.set(`port ${device}`, { kind: 'port', name: device, text: null });
  if (draft.bindings.has(device)) draft.bindingChanges.push({ change: 'delete-binding', device });
}
