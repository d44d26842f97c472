import { formatIpAddress, type IpFamily, parseIpAddress } from '../../../shared/net/ip-address.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { isWithin, subnetAround } from '../../../shared/net/subnet.ts';
import type { DhcpHost, IpBlock, NetworkDocument, PortForward } from '../../../shared/network/network-document.ts';
import { macName, staticHosts } from '../addresses/static-hosts.ts';
import type { GuestAddress } from '../resolved-network.ts';
import { familyOf } from '../rules/own-subnet.ts';
import { hashNumber } from './hash-number.ts';

/** name beside a MAC address: what the guest is to be called where it gets an address. */
export type Guest = { readonly name: string } | { readonly mac: bigint; readonly name?: string | undefined };

/** A guest that has now got an address of its own. */
export interface Pin {
  readonly guest: string;
  readonly family: IpFamily;
  readonly address: string;
}

export type Pinned =
  | { readonly ok: true; readonly document: NetworkDocument; readonly pins: readonly Pin[] }
  | { readonly ok: false; readonly guest: string; readonly reason: string };

const guestText = (guest: Guest): string => ('mac' in guest ? formatMac(guest.mac) : guest.name);

const sameName = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** Whoever has no MAC address is known by its name. */
function isOf(guest: Guest, { name, mac }: { readonly name: string | undefined; readonly mac: bigint | undefined }) {
  if ('mac' in guest && mac !== undefined) return mac === guest.mac;
  return guest.name !== undefined && sameName(name, guest.name);
}

/** The MAC address of a guest, as far as somebody knows it by name. */
function macOf(guest: Guest, known: readonly Pick<GuestAddress, 'name' | 'mac'>[]): bigint | undefined {
  return 'mac' in guest ? guest.mac : known.find((each) => each.mac !== undefined && isOf(guest, each))?.mac;
}

/** Static hosts that speak of the guest, by its name or its MAC address. */
export function hostsOf(
  document: Pick<NetworkDocument, 'ips'>,
  guest: Guest,
  known: readonly Pick<GuestAddress, 'name' | 'mac'>[],
): readonly DhcpHost[] {
  const mac = macOf(guest, known);
  return staticHosts(document).filter((host) => isOf(guest, host) || (mac !== undefined && host.mac === mac));
}

/** An address of the block's ranges that nobody has: for the same guest the same one, wherever that is free. */
function freeAddress(block: IpBlock, guest: Guest, taken: ReadonlySet<string>): string | undefined {
  const limit = 65_536n;
  const { family } = block;
  for (const { low, high } of block.dhcp?.ranges ?? []) {
    const [first, last] = [low, high].map((address) => parseIpAddress(address)?.value);
    if (first === undefined || last === undefined) continue;
    const count = last - first + 1n < limit ? last - first + 1n : limit;
    const start = BigInt(hashNumber(guestText(guest).toLowerCase()));
    for (let step = 0n; step < count; step += 1n) {
      const address = formatIpAddress({ family, value: first + ((start + step) % count) });
      if (!taken.has(address)) return address;
    }
  }
  return undefined;
}

const isServed =
  (wanted: IpFamily) =>
  ({ family, dhcp }: IpBlock): boolean =>
    family === wanted && dhcp !== undefined;

/** The address that the guest has by DHCP and nobody else is to have, else a free one. */
function chooseAddress(
  document: NetworkDocument,
  block: IpBlock,
  guest: Guest,
  known: readonly GuestAddress[],
): string | undefined {
  const subnet = subnetAround(block.address, block.prefix);
  const mac = macOf(guest, known);
  const lease = known.find((each) => {
    const address = parseIpAddress(each.address);
    const isIt = isOf(guest, each) || (mac !== undefined && each.mac === mac);
    return isIt && address !== undefined && isWithin(subnet, address);
  });
  const reserved = new Set([block.address, ...staticHosts(document).map(({ address }) => address)]);
  const taken = new Set([...reserved, ...known.map(({ address }) => address)]);
  return lease !== undefined && !reserved.has(lease.address) ? lease.address : freeAddress(block, guest, taken);
}

/** Whether no other guest's static host is called this. */
function isFreeName(document: NetworkDocument, name: string, guest: Guest, known: readonly GuestAddress[]): boolean {
  const own = hostsOf(document, guest, known).map(({ address }) => address);
  return !staticHosts(document).some((host) => sameName(host.name, name) && !own.includes(host.address));
}

/** A static host of this family for the guest; or why there can be none. */
function pin(
  document: NetworkDocument,
  family: IpFamily,
  guest: Guest,
  known: readonly GuestAddress[],
): DhcpHost | string {
  const block = document.ips.find(isServed(family));
  if (block === undefined) return 'the network has no DHCP';
  const address = chooseAddress(document, block, guest, known);
  if (address === undefined) return 'no address of its DHCP ranges is left';
  const mac = macOf(guest, known);
  const host = { id: undefined, address, lease: undefined, span: document.span };
  const given = guest.name !== undefined && isFreeName(document, guest.name, guest, known) ? guest.name : undefined;
  if (family === 'ipv4') return { ...host, mac, name: given };
  // A name that the guest's IPv4 host has leads to its MAC address.
  const linked = hostsOf(document, guest, known).find((other) => other.mac !== undefined)?.name;
  const name = linked ?? given ?? (mac === undefined ? undefined : macName(mac));
  return name === undefined ? `another guest is called ${guest.name}` : { ...host, mac: undefined, name };
}

function withHost(document: NetworkDocument, family: IpFamily, host: DhcpHost): NetworkDocument {
  const at = document.ips.findIndex(isServed(family));
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

/** Writes the guest's name into its static host that has the MAC address alone: by it port forwards and its host of DHCPv6 find it. */
function nameHosts(document: NetworkDocument, guest: Guest, known: readonly GuestAddress[]): NetworkDocument {
  const [mac, { name }] = [macOf(guest, known), guest];
  if (mac === undefined || name === undefined || !isFreeName(document, name, guest, known)) return document;
  const named = (host: DhcpHost): DhcpHost => (host.mac === mac && host.name === undefined ? { ...host, name } : host);
  const ips = document.ips.map((block) =>
    block.dhcp === undefined ? block : { ...block, dhcp: { ...block.dhcp, hosts: block.dhcp.hosts.map(named) } },
  );
  return { ...document, ips };
}

/**
 * Gives every guest that has none a static host of its own, for each family that the network has DHCP of. A guest that one family has an address for
 * does without the other where there is none left.
 */
export function pinGuests(document: NetworkDocument, guests: readonly Guest[], known: readonly GuestAddress[]): Pinned {
  let pinned = document;
  const pins: Pin[] = [];
  for (const guest of guests) {
    const reasons: string[] = [];
    pinned = nameHosts(pinned, guest, known);
    for (const family of ['ipv4', 'ipv6'] as const) {
      if (hostsOf(pinned, guest, known).some(({ address }) => familyOf(address) === family)) continue;
      const host = pin(pinned, family, guest, known);
      if (typeof host === 'string') reasons.push(host);
      else {
        pinned = withHost(pinned, family, host);
        pins.push({ guest: guestText(guest), family, address: host.address });
      }
    }
    const [reason] = reasons;
    if (reason !== undefined && hostsOf(pinned, guest, known).length === 0)
      return { ok: false, guest: guestText(guest), reason };
  }
  return { ok: true, document: pinned, pins };
}

/** The guests that port forwards lead to by name or MAC address. */
export function forwardedGuests(forwards: readonly PortForward[]): readonly Guest[] {
  return forwards.flatMap(({ guest }) => ('address' in guest ? [] : [guest]));
}
