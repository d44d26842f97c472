import type { NetworkChange, NetworkSetup } from './network-setup.ts';

/** Started networks by name. */
export type Setups = ReadonlyMap<string, NetworkSetup>;

/** The networks that stand after the changes. */
export function foldNetworks(setups: Setups, changes: readonly NetworkChange[] | undefined): Setups {
  if (changes === undefined || changes.length === 0) return setups;
  const after = new Map(setups);
  for (const { network, setup } of changes) {
    if (setup === null) after.delete(network);
    else after.set(network, setup);
  }
  return after;
}
