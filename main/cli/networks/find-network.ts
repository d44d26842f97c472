import type { NetworkText, StoredNetwork, Workspace } from '../../engine/workspace.ts';
import type { CliFailure } from '../cli-failure.ts';

type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly headline: string; readonly failure: CliFailure };

/** What a network is taken for by those who ask now: as it is started, else as it is defined. */
export function textOf({ live, persistent }: StoredNetwork): NetworkText {
  const text = live ?? persistent;
  if (text === undefined) throw new Error('A network is kept that is neither defined nor started.');
  return text;
}

/** Finds by UUID, then by name, as virsh does. */
export function findNetwork({ networks }: Workspace, nameOrUuid: string): Found<StoredNetwork> {
  const byUuid = [...networks.values()].find((each) => textOf(each).document.uuid === nameOrUuid.toLowerCase());
  const found = byUuid ?? networks.get(nameOrUuid);
  if (found !== undefined) return { ok: true, value: found };
  return {
    ok: false,
    headline: networkNotFound(nameOrUuid),
    failure: { kind: 'network-not-found', network: nameOrUuid },
  };
}

const networkNotFound = (name: string): string => `failed to get network '${name}'`;

/** virsh speaks of looking the name up, where that fails already. */
export const networkHeadline =
  (name: string, otherwise?: string) =>
  (failure: CliFailure): string | undefined =>
    failure.kind === 'network-not-found' && failure.network === name ? networkNotFound(name) : otherwise;
