import { checkAccept } from './check-accept.ts';
import { checkDnsmasqSetup } from './check-dnsmasq-setup.ts';
import { isIn, type PlanPrefix, readAddress, readPrefix, subnetOf } from './network-address.ts';
import type { NetworkSetup } from './network-setup.ts';

/** The smallest MTU on which the kernel speaks IPv6 (RFC 8200, section 5). */
const leastIpv6Mtu = 1280;

/** What the schema cannot say about one network's setup: a sentence for everything that is wrong with it. */
export function checkNetworkSetup(setup: NetworkSetup): readonly string[] {
  const subnets = setup.addresses.flatMap(({ address, prefix }) => {
    const read = readAddress(address);
    return read === undefined || prefix > read.width ? [] : [subnetOf(read, prefix)];
  });
  return [
    ...checkLink(setup),
    ...checkAddresses(setup),
    ...setup.routes.flatMap((route) => checkRoute(route, setup, subnets)),
    ...distinct('a family to forward', setup.forwarding),
    ...(setup.dnsmasq === undefined ? [] : checkDnsmasqSetup(setup.dnsmasq, setup, subnets)),
    ...checkResolve(setup),
    ...setup.accepts.flatMap((accept) => checkAccept(accept, setup)),
    ...distinct(
      'a cure',
      setup.cures.map((cure) => JSON.stringify(cure)),
    ),
    ...setup.cures.flatMap((cure) => ('device' in cure ? checkDevice(cure.device) : [])),
    ...checkTaps(setup),
    ...checkProxy(setup),
  ];
}

/** Devices that cannot be made: `lo` is the kernel's, and `all` and `default` would be other folders of /proc/sys/net/ipv4/conf. */
const impossible: ReadonlySet<string> = new Set(['lo', 'all', 'default']);

function checkDevice(device: string): readonly string[] {
  return impossible.has(device) ? [`${device} cannot be the name of a device`] : [];
}

function checkLink(setup: NetworkSetup): readonly string[] {
  const { link } = setup;
  if (link === undefined) {
    const needing = {
      addresses: setup.addresses.length > 0,
      routes: setup.routes.length > 0,
      bandwidth: setup.bandwidth.inbound !== undefined || setup.bandwidth.outbound !== undefined,
      dnsmasq: setup.dnsmasq !== undefined,
      resolve: setup.resolve !== undefined,
      proxy: setup.proxy !== undefined,
    };
    return Object.entries(needing).flatMap(([part, has]) => (has ? [`${part} without a bridge of its own`] : []));
  }
  const octet = Number.parseInt(link.mac.slice(0, 2), 16);
  const ipv6Mtu = link.ipv6 && link.mtu !== undefined && link.mtu < leastIpv6Mtu;
  return [
    ...checkDevice(link.bridge),
    ...(octet % 2 === 1 || link.mac === '00:00:00:00:00:00' ? [`${link.mac} is no MAC address of one device`] : []),
    ...(ipv6Mtu ? [`IPv6 needs an MTU of at least ${leastIpv6Mtu}`] : []),
    ...(setup.hostBridge === undefined ? [] : ["a bridge of its own and one of the host's"]),
  ];
}

function checkAddresses({ link, addresses }: NetworkSetup): readonly string[] {
  const problems = addresses.flatMap(({ address, prefix }) => {
    const read = readAddress(address);
    if (read === undefined) return [`${address} is not an address as it is written`];
    if (prefix > read.width) return [`${address} has a prefix of ${prefix} bits`];
    if (isSpecial(address)) return [`${address} cannot be the address of a device`];
    return read.family === 'ipv6' && link?.ipv6 === false ? [`${address} on a bridge that speaks no IPv6`] : [];
  });
  return [
    ...problems,
    ...distinct(
      'an address',
      addresses.map(({ address }) => address),
    ),
  ];
}

/** This host, loopback, multicast and broadcast (RFC 6890, RFC 4291). */
const special = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '255.255.255.255/32', '::/127', 'ff00::/8'].map(
  (text) => readPrefix(text) as PlanPrefix,
);

function isSpecial(address: string): boolean {
  const read = readAddress(address);
  return read !== undefined && special.some((prefix) => isIn(read, prefix));
}

function checkRoute(
  { destination, gateway }: NetworkSetup['routes'][number],
  { addresses }: NetworkSetup,
  subnets: readonly PlanPrefix[],
): readonly string[] {
  const to = readPrefix(destination);
  const via = readAddress(gateway);
  if (to === undefined) return [`${destination} is not a prefix as it is written`];
  if (via === undefined) return [`${gateway} is not an address as it is written`];
  if (to.family !== via.family) return [`a route to ${destination} cannot go through ${gateway}`];
  const reachable =
    subnets.some((subnet) => isIn(via, subnet)) && !addresses.some(({ address }) => address === gateway);
  return reachable ? [] : [`the gateway ${gateway} is not in a subnet of the network`];
}

function checkResolve({ resolve, addresses }: NetworkSetup): readonly string[] {
  if (resolve === undefined || addresses.some(({ address }) => address === resolve.server)) return [];
  return [`the host is to ask ${resolve.server}, which is no address of the network`];
}

function checkTaps({ link, hostBridge, taps }: NetworkSetup): readonly string[] {
  return [
    ...(taps.length > 0 && link === undefined && hostBridge === undefined ? ['TAPs without a bridge to join'] : []),
    ...(hostBridge === undefined ? [] : checkDevice(hostBridge)),
    ...taps.flatMap(({ device }) => checkDevice(device)),
  ];
}

function checkProxy({ link, proxy }: NetworkSetup): readonly string[] {
  if (proxy === undefined) return [];
  return [
    ...checkDevice(proxy.uplink),
    ...(proxy.uplink === link?.bridge ? [`${proxy.uplink} is both bridge and uplink`] : []),
    ...proxy.reserved.flatMap((text) =>
      readAddress(text) === undefined ? [`${text} is not an address as it is written`] : [],
    ),
    ...proxy.subnets.flatMap((text) =>
      readPrefix(text) === undefined ? [`${text} is not a prefix as it is written`] : [],
    ),
  ];
}

function distinct(what: string, values: readonly string[]): readonly string[] {
  return new Set(values).size === values.length ? [] : [`${what} stands twice`];
}
