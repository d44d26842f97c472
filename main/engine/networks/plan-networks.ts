import { isDeepStrictEqual } from 'node:util';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { NetworkChange, NetworkSetup, TapSetup } from '../../../shared/plan/network-setup.ts';
import type { Table } from '../../../shared/plan/ruleset.ts';
import { compileNetworks } from '../../networks/rules/compile-networks.ts';
import { composeSetup } from '../../networks/setup/compose-setup.ts';
import type { NetworkDraft } from './network-draft.ts';
import { resolveNetwork } from './resolve-network.ts';

/** What the started networks come to. */
export interface PlannedNetworks {
  /** Of the inet table. */
  readonly rules: Table;
  /** Only those that are to stand otherwise than they do. */
  readonly changes: readonly NetworkChange[];
  readonly setups: Readonly<Record<string, NetworkSetup>>;
}

/** The TAP that carries the port: what its group or, where it has none, the default group gives it. */
function tapOf({ device, owner, portGroup }: Port, { portGroups, portsIsolated }: NetworkDocument): TapSetup {
  const group = portGroups.find(({ name, isDefault }) => (portGroup === undefined ? isDefault : name === portGroup));
  return {
    device,
    owner,
    isolated: portsIsolated || (group?.isolated ?? false),
    bandwidth: group?.bandwidth ?? {},
  };
}

/** As it comes back from the helper: JSON knows no undefined, and a key's place means nothing. */
const plain = (setup: NetworkSetup): NetworkSetup => JSON.parse(JSON.stringify(setup)) as NetworkSetup;

/** `bound`: the devices that have a filter then. */
export function planNetworks(
  { networks, ports, cures, surroundings }: NetworkDraft,
  bound: Iterable<string>,
): PlannedNetworks {
  const filtered = Array.from(bound)
    .filter((device) => !ports.has(device))
    .toSorted();
  const { facts, rebooted, setups: before } = surroundings;
  const all = [...ports.values()];
  // By name: rules that are the same must not come out otherwise for the order in which networks were made, or read again.
  const started = [...networks.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ live }) => (live === undefined ? [] : [resolveNetwork(live.document, all, facts)]));
  const setups = Object.fromEntries(
    started.map((network): [string, NetworkSetup] => {
      const taps = all.filter((port) => port.network === network.name).map((port) => tapOf(port, network));
      const agreed = cures.get(network.name) ?? before[network.name]?.cures ?? [];
      return [network.name, plain(composeSetup(network, taps, agreed, filtered))];
    }),
  );
  const changed = Object.entries(setups).filter(
    ([name, setup]) => rebooted || !isDeepStrictEqual(setup, plain(before[name] ?? ({} as NetworkSetup))),
  );
  const gone = Object.keys(before).filter((name) => setups[name] === undefined);
  return {
    rules: compileNetworks(started),
    changes: [
      // What goes makes room for what comes.
      ...gone.map((network): NetworkChange => ({ network, setup: null })),
      ...changed.map(([network, setup]): NetworkChange => ({ network, setup })),
    ],
    setups,
  };
}
