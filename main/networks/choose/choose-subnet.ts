import { overlap, type Subnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { documentSubnets } from './document-subnets.ts';
import { hashNumber } from './hash-number.ts';

/** Where others will be: libvirt's default, Docker's pools, routers' and VPNs' favourites. A laptop meets them sooner or later. */
const popular: readonly Subnet[] = (
  [
    ['10.0.0.0', 12],
    ['10.42.0.0', 15],
    ['10.96.0.0', 12],
    ['10.100.0.0', 16],
    ['10.152.0.0', 16],
    ['10.200.0.0', 16],
    ['10.244.0.0', 16],
    ['10.254.0.0', 15],
    ['172.17.0.0', 16],
    ['172.18.0.0', 15],
    ['172.20.0.0', 14],
    ['172.24.0.0', 13],
    ['192.168.0.0', 17],
    ['192.168.128.0', 18],
    ['192.168.240.0', 20],
  ] as const
).map(([address, prefix]) => subnetAround(address, prefix));

const prefix = 24;

function slash24(first: number, second: number, third: number): Subnet {
  return { family: 'ipv4', base: BigInt(first * 0x1000000 + second * 0x10000 + third * 0x100), prefix };
}

/** All /24 of a private block, beginning at one that the host's seed leads to, in big steps, so that neighbours are not tried one after the other. */
function* candidates(seed: number): Generator<Subnet> {
  const walk = function* (count: number, make: (index: number) => Subnet): Generator<Subnet> {
    // 7919 is prime and divides no count below, so that every index comes once.
    for (let step = 0; step < count; step += 1) yield make((seed + step * 7919) % count);
  };
  yield* walk(0x10000, (index) => slash24(10, index >> 8, index & 0xff));
  yield* walk(0x100, (index) => slash24(172, 16, index));
  yield* walk(0x100, (index) => slash24(192, 168, index));
}

const widened = ({ family, base }: Subnet, to: number): Subnet => ({
  family,
  base: (base >> BigInt(32 - to)) << BigInt(32 - to),
  prefix: to,
});

/** What the host and the definitions already lay claim to, default routes aside. */
function claimed({ addresses, routes }: HostFacts, definitions: readonly NetworkDocument[]): readonly Subnet[] {
  return [
    ...addresses
      .filter(({ family, scope }) => family === 'ipv4' && scope === 'global')
      .map(({ address, prefix: length }) => subnetAround(address, length)),
    // A VPN's halves of everything (0.0.0.0/1) stand for a default route.
    ...routes
      .filter(({ family, prefix: length }) => family === 'ipv4' && length > 1)
      .map(({ destination, prefix: length }) => subnetAround(destination, length)),
    ...definitions.flatMap(documentSubnets),
  ];
}

/** A number that is the host's own and stays: its hardware addresses. */
function seedOf({ links }: HostFacts): number {
  const macs = links.filter(({ kind }) => kind === 'cable' || kind === 'wireless').map(({ mac }) => mac ?? '');
  return hashNumber(macs.toSorted().join(' '));
}

/**
 * A free /24 for a new network: the same on the same host, another one on the next, and far from whatever is there (nothing else in its /16) and
 * from what is likely to come. undefined where every private address is taken.
 */
export function chooseSubnet(facts: HostFacts, definitions: readonly NetworkDocument[]): Subnet | undefined {
  const taken = claimed(facts, definitions);
  const isFree = (subnet: Subnet): boolean => !taken.some((other) => overlap(subnet, other));
  const isUnpopular = (subnet: Subnet): boolean => !popular.some((other) => overlap(subnet, other));
  const isFar = (subnet: Subnet): boolean => isFree(widened(subnet, 16));
  const seed = seedOf(facts);
  const wishes: readonly ((subnet: Subnet) => boolean)[] = [
    (subnet) => isUnpopular(subnet) && isFar(subnet),
    (subnet) => isUnpopular(subnet) && isFree(subnet),
    isFree,
  ];
  for (const wish of wishes) {
    for (const subnet of candidates(seed)) if (wish(subnet)) return subnet;
  }
  return undefined;
}
