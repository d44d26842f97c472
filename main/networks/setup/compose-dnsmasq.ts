import { formatMac } from '../../../shared/net/mac.ts';
import type { DhcpHost, DnsSrv, IpBlock } from '../../../shared/network/network-document.ts';
import type { DnsmasqSetup } from '../../../shared/plan/network-setup.ts';
import { macOfName, staticHosts } from '../addresses/static-hosts.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { subnetOf } from '../rules/own-subnet.ts';

const cidrOf = ({ address, prefix }: IpBlock): string => subnetOf(address, prefix).cidr;
/** dnsmasq takes no other length for what a guest makes an address of (RFC 4862). */
export const advertisedPrefix = 64;

function composeHost({ mac, id, name, address, lease }: DhcpHost): DnsmasqSetup['hosts'][number] {
  return {
    ...(mac === undefined ? {} : { mac: formatMac(mac) }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    address,
    ...(lease === undefined ? {} : { lease }),
  };
}

/**
 * DHCPv6 knows guests by a DUID of their own making, and few tell their names; dnsmasq also goes by the MAC address, which it asks its neighbours for.
 * Whoever is called by that alone keeps the name that he has.
 */
function composeHosts(network: ResolvedNetwork): DnsmasqSetup['hosts'] {
  return staticHosts(network).map((host) => {
    const { address, id, name } = host;
    if (!address.includes(':')) return composeHost(host);
    if (id !== undefined) return composeHost({ ...host, mac: undefined });
    const mac = host.mac ?? network.guestAddresses.find((guest) => guest.address === address)?.mac;
    return composeHost({ ...host, mac, name: macOfName(name) === undefined ? name : undefined });
  });
}

function composeSrv({ service, protocol, domain, target, port, priority, weight }: DnsSrv) {
  return {
    name: `_${service}._${protocol}${domain === undefined ? '' : `.${domain}`}`,
    ...(target === undefined ? {} : { target }),
    ...(port === undefined ? {} : { port }),
    ...(priority === undefined ? {} : { priority }),
    ...(weight === undefined ? {} : { weight }),
  };
}

function composeDns({ dns, ips }: ResolvedNetwork): NonNullable<DnsmasqSetup['dns']> {
  return {
    forwardPlainNames: dns.forwardPlainNames,
    forwarders: dns.forwarders.map(({ address, port, domain }) => ({
      ...(address === undefined ? {} : { address }),
      ...(port === undefined ? {} : { port }),
      ...(domain === undefined ? {} : { domain }),
    })),
    hosts: dns.hosts.map(({ address, hostnames }) => ({ address, names: [...hostnames] })),
    txts: dns.txts.map(({ name, value }) => ({ name, value })),
    srvs: dns.srvs.map(composeSrv),
    localPtr: ips.filter(({ localPtr }) => localPtr).map(cidrOf),
  };
}

const options = ({ dnsmasqOptions }: ResolvedNetwork) => dnsmasqOptions.map(({ value }) => value);

function composeLan(network: ResolvedNetwork): DnsmasqSetup | undefined {
  const { address, dhcpServer, device, ipv6 = [] } = network.uplink ?? {};
  const relay =
    dhcpServer === undefined || address === undefined || device === undefined
      ? undefined
      : { local: address, server: dhcpServer, uplink: device };
  if (relay === undefined && ipv6.length === 0) return undefined;
  return {
    listen: [...(address === undefined ? [] : [address]), ...ipv6],
    ranges: [],
    hosts: [],
    staticOnly: [],
    routerAdvertisements: ipv6.map((own) => subnetOf(own, advertisedPrefix).cidr),
    // The rest of the LAN is not behind the bridge: guests send everything to the host.
    offLink: true,
    offersRouter: true,
    ...(relay === undefined ? {} : { relay }),
    options: options(network),
  };
}

/** A network's DHCP and DNS; undefined where it needs neither. */
export function composeDnsmasq(network: ResolvedNetwork): DnsmasqSetup | undefined {
  const { domain, dns, forward, ips } = network;
  if (forward.mode === 'lan') return composeLan(network);
  const serving = ips.map((ip) => ({ ip, ranges: ip.dhcp?.ranges ?? [], hosts: ip.dhcp?.hosts ?? [] }));
  const slaacOf = ({ family, prefix }: IpBlock) =>
    network.settings.slaac && family === 'ipv6' && prefix === advertisedPrefix ? { slaac: true } : {};
  const isServed = ({ ranges, hosts }: (typeof serving)[number]) => ranges.length + hosts.length > 0;
  const advertised = serving.filter(
    (block) => block.ip.family === 'ipv6' && block.ip.prefix === advertisedPrefix && !isServed(block),
  );
  const bootp = ips.map(({ dhcp }) => dhcp?.bootp).find((found) => found !== undefined);
  const tftpRoot = ips.map((ip) => ip.tftpRoot).find((root) => root !== undefined);
  const isNeeded = dns.enabled || tftpRoot !== undefined || advertised.length > 0 || serving.some(isServed);
  if (ips.length === 0 || forward.mode === 'bridge' || !isNeeded) return undefined;
  return {
    listen: ips.map(({ address }) => address),
    ...(domain === undefined ? {} : { domain: { name: domain.name, localOnly: domain.localOnly } }),
    ...(dns.enabled ? { dns: composeDns(network) } : {}),
    ranges: serving.flatMap(({ ip, ranges }) =>
      ranges.map(({ low, high, lease }) => ({
        family: ip.family,
        low,
        high,
        prefix: ip.prefix,
        ...(lease === undefined ? {} : { lease }),
        ...slaacOf(ip),
      })),
    ),
    hosts: composeHosts(network),
    staticOnly: serving
      .filter(({ ranges, hosts }) => ranges.length === 0 && hosts.length > 0)
      .map(({ ip }) => ({ family: ip.family, subnet: cidrOf(ip), ...slaacOf(ip) })),
    routerAdvertisements: advertised.map(({ ip }) => cidrOf(ip)),
    ...(bootp === undefined
      ? {}
      : { bootp: { file: bootp.file, ...(bootp.server === undefined ? {} : { server: bootp.server }) } }),
    ...(tftpRoot === undefined ? {} : { tftpRoot }),
    // An isolated network leads nowhere, and its guests are told so (libvirt: dhcp-option=3).
    offersRouter: forward.mode !== 'isolated',
    options: options(network),
  };
}
