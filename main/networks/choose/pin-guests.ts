import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { isWithin, subnetAround } from '../../../shared/net/subnet.ts';
import type { DhcpHost, IpBlock, NetworkDocument, PortForward } from '../../../shared/network/network-document.ts';
import type { GuestAddress } from '../resolved-network.ts';
import { hashNumber } from './hash-number.ts';

/** name beside a MAC address: what the guest is to be called where it gets an address. */
export type Guest = { readonly name: string } | { readonly mac: bigint; readonly name?: string | undefined };

/** A guest that has now got an address of its own. */
export interface Pin {
  readonly guest: string;
  readonly address: string;
}

export type Pinned =
  | { readonly ok: true; readonly document: NetworkDocument; readonly pins: readonly Pin[] }
  | { readonly ok: false; readonly guest: string; readonly reason: string };

const guestText = (guest: Guest): string => ('mac' in guest ? formatMac(guest.mac) : guest.name);

const sameName = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

function isOf(guest: Guest, { name, mac }: { readonly name: string | undefined; readonly mac: bigint | undefined }) {
  return 'mac' in guest ? mac === guest.mac : sameName(name, guest.name);
}

/** The MAC address of a guest, as far as somebody knows it by name. */
function macOf(guest: Guest, known: readonly Pick<GuestAddress, 'name' | 'mac'>[]): bigint | undefined {
  return 'mac' in guest ? guest.mac : known.find((each) => each.mac !== undefined && isOf(guest, each))?.mac;
}

/** Static hosts that speak of the guest, by its name or its MAC address. */
export function hostsOf(
  { ips }: Pick<NetworkDocument, 'ips'>,
  guest: Guest,
  known: readonly Pick<GuestAddress, 'name' | 'mac'>[],
): readonly DhcpHost[] {
  const mac = macOf(guest, known);
  const hosts = ips.flatMap(({ dhcp }) => dhcp?.hosts ?? []);
  return hosts.filter((host) => isOf(guest, host) || (mac !== undefined && host.mac === mac));
}

/** An address of the block's ranges that nobody has: for the same guest the same one, wherever that is free. */
function freeAddress(block: IpBlock, guest: Guest, taken: ReadonlySet<string>): string | undefined {
  const limit = 65_536n;
  for (const { low, high } of block.dhcp?.ranges ?? []) {
    const [first, last] = [low, high].map(parseIpv4);
    if (first === undefined || last === undefined) continue;
    const count = last - first + 1n < limit ? last - first + 1n : limit;
    const start = BigInt(hashNumber(guestText(guest).toLowerCase()));
    for (let step = 0n; step < count; step += 1n) {
      const address = formatIpv4(first + ((start + step) % count));
      if (!taken.has(address)) return address;
    }
  }
  return undefined;
}

function pin(document: NetworkDocument, guest: Guest, known: readonly GuestAddress[]): DhcpHost | string {
  const block = document.ips.find(({ family, dhcp }) => family === 'ipv4' && dhcp !== undefined);
  if (block === undefined) return 'the network has no DHCP for IPv4';
  const subnet = subnetAround(block.address, block.prefix);
  const mac = macOf(guest, known);
  const lease = known.find((each) => {
    const address = parseIpv4(each.address);
    const isIt = isOf(guest, each) || (mac !== undefined && each.mac === mac);
    return isIt && address !== undefined && isWithin(subnet, { family: 'ipv4', value: address });
  });
  const hosts = document.ips.flatMap(({ dhcp }) => dhcp?.hosts ?? []);
  const reserved = new Set([block.address, ...hosts.map(({ address }) => address)]);
  const taken = new Set([...reserved, ...known.map(({ address }) => address)]);
  const leased = lease !== undefined && !reserved.has(lease.address) ? lease.address : undefined;
  const address = leased ?? freeAddress(block, guest, taken);
  if (address === undefined) return 'no address of its DHCP ranges is left';
  const name = hosts.some((host) => sameName(host.name, guest.name ?? '')) ? undefined : guest.name;
  return { mac, id: undefined, name, address, lease: undefined, span: document.span };
}

function withHost(document: NetworkDocument, host: DhcpHost): NetworkDocument {
  const at = document.ips.findIndex(({ family, dhcp }) => family === 'ipv4' && dhcp !== undefined);
  const ips = document.ips.map((block, index) =>
    index === at && block.dhcp !== undefined
      ? { ...block, dhcp: { ...block.dhcp, hosts: [...block.dhcp.hosts, host] } }
      : block,
  );
  return { ...document, ips };
}

/** Writes the MAC address of a guest into the static hosts that know its name alone, since not every guest says its name. */
export function completeHosts(
  document: NetworkDocument,
  { mac, name }: { readonly mac: bigint; readonly name: string },
) {
  const isNew = document.ips.every(({ dhcp }) => !dhcp?.hosts.some((host) => host.mac === mac));
  const ips = document.ips.map((block) => {
    const { dhcp, family } = block;
    if (dhcp === undefined || family !== 'ipv4') return block;
    const hosts = dhcp.hosts.map((host) =>
      isNew && host.mac === undefined && host.id === undefined && sameName(host.name, name) ? { ...host, mac } : host,
    );
    return { ...block, dhcp: { ...dhcp, hosts } };
  });
  return { ...document, ips };
}

/** Gives every guest that has none a static host of its own: the address that it has by DHCP, else a free one. */
export function pinGuests(document: NetworkDocument, guests: readonly Guest[], known: readonly GuestAddress[]): Pinned {
  let pinned = document;
  const pins: Pin[] = [];
  for (const guest of guests) {
    if (hostsOf(pinned, guest, known).length > 0) continue;
    const host = pin(pinned, guest, known);
    if (typeof host === 'string') return { ok: false, guest: guestText(guest), reason: host };
    pinned = withHost(pinned, host);
    pins.push({ guest: guestText(guest), address: host.address });
  }
  return { ok: true, document: pinned, pins };
}

/** The guests that port forwards lead to by name or MAC address. */
export function forwardedGuests(forwards: readonly PortForward[]): readonly Guest[] {
  return forwards.flatMap(({ guest }) => ('address' in guest ? [] : [guest]));
}
