import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Binding } from '../../../shared/nwfilter/binding.ts';
import type { Nic, Problem } from '../../../shared/rpc/machine.ts';
import type { FoundGuest, GuestLink, Neighbour } from '../../engine/host.ts';

/** A lease as far as it tells whose an address is. */
export interface HeldAddress {
  readonly mac: string;
  readonly address: string;
}

/** What is known of one device, each part from another place. */
export interface NicFacts {
  readonly device: string;
  readonly link: GuestLink | undefined;
  readonly guest: FoundGuest | undefined;
  readonly binding: Binding | undefined;
  readonly port: Port | undefined;
  /** Of the bridge that it is on. */
  readonly network: string | undefined;
  /** The network's default filter, where the NIC is without it and without any other. */
  readonly awaitedFilter: string | undefined;
  readonly leases: readonly HeldAddress[];
  readonly neighbours: readonly Neighbour[];
}

const isLinkLocal = (address: string): boolean => /^(?:fe[89ab]|169\.254\.)/i.test(address);

function macOf({ port, binding, guest }: NicFacts): Pick<Nic, 'mac' | 'macFrom'> {
  if (port !== undefined) return { mac: formatMac(port.mac), macFrom: 'its port' };
  if (binding?.mac !== undefined) return { mac: formatMac(binding.mac), macFrom: 'its binding' };
  const found = guest?.mac;
  return found === undefined ? {} : { mac: formatMac(found.mac), macFrom: found.source };
}

/** Every address once, by the surest source. */
function addressesOf({ binding, leases, neighbours, link }: NicFacts, mac: string | undefined): Nic['addresses'] {
  const parameters = ['IP', 'IPV6'].flatMap((name) => binding?.parameters[name] ?? []);
  const all: Nic['addresses'] = [
    ...leases.filter((lease) => lease.mac === mac).map(({ address }) => ({ address, from: 'lease' as const })),
    ...parameters.map((address) => ({ address, from: 'parameter' as const })),
    ...neighbours
      .filter((each) => each.mac === mac && each.device === link?.bridge && !isLinkLocal(each.address))
      .map(({ address }) => ({ address, from: 'neighbour' as const })),
  ];
  return all.filter(({ address }, at) => all.findIndex((other) => other.address === address) === at);
}

function problemsOf({ device, link, binding, network, awaitedFilter }: NicFacts): readonly Problem[] {
  if (awaitedFilter !== undefined) {
    return [
      {
        kind: 'unfiltered',
        severity: 'error',
        message: `${device} is on ${network} without its default filter ${awaitedFilter}.${link?.up === false ? ' Nothing of it passes until it has one.' : ''}`,
        cure: "Attach it here, with the guest's MAC address where its hypervisor does not tell it.",
      },
    ];
  }
  if (binding === undefined) return [];
  if (link === undefined) {
    return [
      {
        kind: 'awaited',
        severity: 'warning',
        message: `${device} is not there yet; its filter waits for it.`,
      },
    ];
  }
  if (link.bridge !== undefined) return [];
  return [
    {
      kind: 'apart',
      severity: 'error',
      message: `${device} is in no bridge, so its filter does not hold.`,
      cure: 'Put it on a network; filters work at the ports of bridges.',
    },
  ];
}

/** A NIC as the map and the lists show it. */
export function viewNic(facts: NicFacts): Nic {
  const { device, link, guest, binding, port, network } = facts;
  const { mac, macFrom } = macOf(facts);
  return {
    device,
    present: link !== undefined,
    kind: link?.kind ?? 'other',
    up: link?.up ?? false,
    bridge: link?.bridge,
    network: network ?? port?.network,
    hypervisor: guest?.hypervisor,
    mac,
    macFrom,
    addresses: addressesOf(facts, mac),
    filter:
      binding === undefined
        ? undefined
        : {
            name: binding.filter,
            parameters: Object.fromEntries(
              Object.entries(binding.parameters).map(([name, values]) => [name, [...values]]),
            ),
          },
    port: port === undefined ? undefined : { guest: port.guest, owner: port.owner, portGroup: port.portGroup },
    problems: [...problemsOf(facts)],
  };
}
