import { isIn, type PlanPrefix, readAddress, readPrefix, subnetOf } from './network-address.ts';
import type { DnsmasqSetup, NetworkSetup } from './network-setup.ts';

/** What the schema cannot say about a network's dnsmasq. `subnets`: those of the network's addresses. */
export function checkDnsmasqSetup(
  setup: DnsmasqSetup,
  { addresses }: NetworkSetup,
  subnets: readonly PlanPrefix[],
): readonly string[] {
  const own = addresses.map(({ address }) => address);
  return [
    ...setup.listen.flatMap((text) => (own.includes(text) ? [] : [`dnsmasq would listen on ${text}`])),
    ...checkDns(setup),
    ...setup.ranges.flatMap((range) => checkRange(range, subnets)),
    ...checkHosts(setup, subnets),
    ...setup.staticOnly.flatMap(({ family, subnet, slaac }) => [
      ...checkSubnet(subnet, family, subnets),
      ...(slaac === true && !takesSlaac(readPrefix(subnet)) ? [`${subnet} is no subnet for SLAAC`] : []),
    ]),
    ...setup.routerAdvertisements.flatMap((subnet) => checkSubnet(subnet, 'ipv6', subnets)),
    ...(setup.tftpRoot?.split('/').includes('..') ? [`${setup.tftpRoot} leads upwards`] : []),
    ...checkRelay(setup),
  ];
}

function checkDns({ dns }: DnsmasqSetup): readonly string[] {
  if (dns === undefined) return [];
  return [
    ...dns.forwarders.flatMap(({ address, domain }) => {
      if (address === undefined) return domain === undefined ? ['a forwarder without address and domain'] : [];
      return checkAddress(address);
    }),
    ...dns.hosts.flatMap(({ address }) => checkAddress(address)),
    ...dns.localPtr.flatMap((prefix) => (readPrefix(prefix) === undefined ? [notAPrefix(prefix)] : [])),
  ];
}

function checkRange(
  { family, low, high, prefix, slaac }: DnsmasqSetup['ranges'][number],
  subnets: readonly PlanPrefix[],
): readonly string[] {
  const [first, last] = [readAddress(low), readAddress(high)];
  const name = `the range from ${low} to ${high}`;
  if (first === undefined || last === undefined) return [...checkAddress(low), ...checkAddress(high)];
  if (first.family !== family || last.family !== family || prefix > first.width) return [`${name} is not of ${family}`];
  if (first.value > last.value) return [`${name} ends before it begins`];
  if (slaac === true && !takesSlaac({ family, length: prefix })) return [`${name} is of no subnet for SLAAC`];
  const subnet = subnetOf(first, prefix);
  const standing = subnets.some((other) => other.value === subnet.value && other.length === prefix);
  return standing && isIn(last, subnet) ? [] : [`${name} is not in a subnet of the network`];
}

/** Guests make 64 bits of an address (RFC 4862, section 5.5.3). */
function takesSlaac(prefix: Pick<PlanPrefix, 'family' | 'length'> | undefined): boolean {
  return prefix?.family === 'ipv6' && prefix.length === 64;
}

function checkHosts({ hosts }: DnsmasqSetup, subnets: readonly PlanPrefix[]): readonly string[] {
  const seen = new Set<string>();
  return hosts.flatMap(({ mac, id, name, address }) => {
    const read = readAddress(address);
    if (read === undefined) return checkAddress(address);
    const problems = [
      ...(subnets.some((subnet) => isIn(read, subnet))
        ? []
        : [`the host ${address} is not in a subnet of the network`]),
      ...(mac === undefined && id === undefined && name === undefined ? [`nobody is given ${address}`] : []),
      // dnsmasq refuses to start with two of them.
      ...(seen.has(address) ? [`two hosts are given ${address}`] : []),
    ];
    seen.add(address);
    return problems;
  });
}

function checkSubnet(text: string, family: PlanPrefix['family'], subnets: readonly PlanPrefix[]): readonly string[] {
  const prefix = readPrefix(text);
  if (prefix === undefined) return [notAPrefix(text)];
  const standing = subnets.some((subnet) => subnet.value === prefix.value && subnet.length === prefix.length);
  return standing && prefix.family === family ? [] : [`${text} is no ${family} subnet of the network`];
}

function checkRelay({ relay, ranges }: DnsmasqSetup): readonly string[] {
  if (relay === undefined) return [];
  const [local, server] = [readAddress(relay.local), readAddress(relay.server)];
  return [
    ...(local?.family === 'ipv4' && server?.family === 'ipv4'
      ? []
      : [`DHCP cannot be relayed from ${relay.local} to ${relay.server}`]),
    ...(ranges.length === 0 ? [] : ['DHCP is both answered and relayed']),
  ];
}

function checkAddress(text: string): readonly string[] {
  return readAddress(text) === undefined ? [`${text} is not an address as it is written`] : [];
}

function notAPrefix(text: string): string {
  return `${text} is not a prefix as it is written`;
}
