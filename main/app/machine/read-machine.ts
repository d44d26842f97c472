import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import type { Outcome } from '../../../shared/plan/outcome.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Machine, Nic } from '../../../shared/rpc/machine.ts';
import { findGuests, guestLinks, hostNetworks, neighbours } from '../../engine/host.ts';
import { waitingNics } from '../../engine/networks/waiting-nics.ts';
import type { StoredNetwork, Workspace } from '../../engine/workspace.ts';
import { findOverlaps } from '../../networks/choose/find-overlaps.ts';
import { parseLeases } from '../../networks/leases/parse-leases.ts';
import { viewHost } from './host-view.ts';
import { viewNetwork } from './network-view.ts';
import { type HeldAddress, viewNic } from './nic-view.ts';

/** What only root may read; nothing of it is known until the user has consented. */
export interface Defined {
  readonly workspace: Workspace;
  readonly states: Readonly<Record<string, NetworkState>>;
  readonly force: 'current' | 'lost' | 'empty';
}

const documentOf = ({ live, persistent }: StoredNetwork) => (live ?? persistent)?.document;

function leasesOf(states: Defined['states']): readonly HeldAddress[] {
  return Object.values(states).flatMap(({ leases }) =>
    parseLeases(leases).flatMap(({ mac, address }) => (mac === undefined ? [] : [{ mac, address }])),
  );
}

/** Looks at the machine, and puts beside what anybody can see what is defined, where that is known. `now`: milliseconds since 1970. */
export function readMachine(read: Outcome<Defined, Failure>, now: number): Machine {
  const defined = read.ok ? read.value : undefined;
  const facts = hostNetworks();
  const networks = [...(defined?.workspace.networks.values() ?? [])].toSorted((a, b) => a.name.localeCompare(b.name));
  const bridges = new Map(
    networks.flatMap((stored): [string, string][] => {
      const bridge = documentOf(stored)?.bridge.name;
      return bridge === undefined || stored.live === undefined ? [] : [[bridge, stored.name]];
    }),
  );
  const view = viewHost(facts, new Set(bridges.keys()));
  const live = networks.flatMap((stored) => (stored.live === undefined ? [] : [stored.live.document]));
  const overlaps = defined === undefined ? [] : findOverlaps(facts, live);

  const { bindings, ports } = defined?.workspace ?? { bindings: new Map(), ports: new Map() };
  const isContainers = new Set(
    view.foreignBridges.filter(({ owner }) => owner === 'docker').map(({ device }) => device),
  );
  const links = new Map(
    guestLinks()
      .filter(({ bridge }) => bridge === undefined || !isContainers.has(bridge))
      .map((link) => [link.device, link]),
  );
  const devices = [...new Set([...links.keys(), ...bindings.keys(), ...ports.keys()])].toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const guests = findGuests(devices);
  const waiting = new Map(
    defined === undefined
      ? []
      : waitingNics(defined.workspace, [...links.values()]).map(({ device, filter }) => [device, filter]),
  );
  const held = { leases: leasesOf(defined?.states ?? {}), neighbours: neighbours() };
  const nics: Nic[] = devices.map((device) => {
    const link = links.get(device);
    return viewNic({
      device,
      link,
      guest: guests.get(device),
      binding: bindings.get(device)?.binding,
      port: ports.get(device),
      awaitedFilter: waiting.get(device),
      network: link?.bridge === undefined ? undefined : bridges.get(link.bridge),
      ...held,
    });
  });
  return {
    ...view,
    networks: networks.map((stored) =>
      viewNetwork(stored, defined?.states[stored.name], overlaps, Math.floor(now / 1000)),
    ),
    nics,
    force: defined?.force ?? 'unknown',
    problems: read.ok ? [] : problemsOf(read.failure),
  };
}

/** That rights are missing is no problem of the machine's. */
function problemsOf({ kind, message, cure }: Failure): Machine['problems'] {
  return kind === 'needs-rights' ? [] : [{ kind, severity: 'error', message, cure }];
}
