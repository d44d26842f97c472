import type { Nic } from '../../../shared/rpc/machine.ts';

export const nicStates = ['all', 'filtered', 'open', 'trouble'] as const;
export type NicState = (typeof nicStates)[number];

/** What a NIC is called: its guest where one is known, else its device. */
export function nicTitle({ hypervisor, port, device }: Nic): string {
  return hypervisor?.guest ?? port?.guest ?? device;
}

const hasState: Readonly<Record<NicState, (nic: Nic) => boolean>> = {
  all: () => true,
  filtered: ({ filter }) => filter !== undefined,
  open: ({ filter }) => filter === undefined,
  trouble: ({ problems }) => problems.length > 0,
};

/** NICs of a state that have every word of the search somewhere in what is known of them. */
export function chooseNics(nics: readonly Nic[], search: string, state: NicState): readonly Nic[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return nics.filter((nic) => {
    if (!hasState[state](nic)) return false;
    const { device, mac, network, bridge, hypervisor, filter, addresses } = nic;
    const known = [nicTitle(nic), device, mac, network, bridge, hypervisor?.name, filter?.name];
    const text = [...known, ...addresses.map(({ address }) => address)].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
