import type { GuestLink } from '../../machine/guest-links.ts';
import type { Workspace } from '../workspace.ts';

/** A NIC that somebody else has plugged into a network with a default filter, and that nobody has attached a filter to. */
export interface WaitingNic {
  readonly device: string;
  readonly network: string;
  readonly filter: string;
}

/** Bridges of started networks that give a filter to every NIC. */
function filteringBridges({ networks }: Pick<Workspace, 'networks'>): ReadonlyMap<string, Omit<WaitingNic, 'device'>> {
  return new Map(
    [...networks.values()].flatMap(({ name, live }) => {
      const { bridge, settings } = live?.document ?? {};
      if (bridge?.name === undefined || settings?.defaultFilter === undefined) return [];
      return [[bridge.name, { network: name, filter: settings.defaultFilter }] as const];
    }),
  );
}

type Defined = Pick<Workspace, 'networks' | 'ports' | 'bindings'>;

/** In the order of the links. A port of Guestward's own had its filter before it was there; that somebody took it away was his wish. */
export function waitingNics(defined: Defined, links: readonly GuestLink[]): readonly WaitingNic[] {
  const bridges = filteringBridges(defined);
  return links.flatMap(({ device, bridge }) => {
    const network = bridge === undefined ? undefined : bridges.get(bridge);
    const isOurs = defined.ports.has(device) || defined.bindings.has(device);
    return network === undefined || isOurs ? [] : [{ device, ...network }];
  });
}

/** NICs that have a filter by their network alone, and are not on it any more. */
export function leftNics(
  { networks, bindings }: Defined,
  links: readonly GuestLink[],
): readonly Pick<WaitingNic, 'device' | 'network'>[] {
  const bridges = new Map(links.map(({ device, bridge }) => [device, bridge]));
  return [...bindings.values()].flatMap(({ binding: { device, adoptedBy } }) => {
    if (adoptedBy === undefined) return [];
    const bridge = networks.get(adoptedBy)?.live?.document.bridge.name;
    // Where the network does not stand, its bridge may come again with the guests still in it.
    const isOn = bridges.has(device) && (bridge === undefined || bridges.get(device) === bridge);
    return isOn ? [] : [{ device, network: adoptedBy }];
  });
}
