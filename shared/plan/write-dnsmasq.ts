import { formatIpv4, parseIpv4 } from '../net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../net/ipv6.ts';
import { prefixMask } from '../net/netmask.ts';
import { hostLine, quote, setting, word } from './dnsmasq-line.ts';
import type { DnsmasqSetup, NetworkSetup } from './network-setup.ts';
import { reverseZones } from './reverse-zones.ts';

/** What dnsmasq reads and writes, and as whom it runs; the helper's knowledge. */
export interface DnsmasqFiles {
  readonly pid: string;
  readonly leases: string;
  readonly hosts: string;
  readonly addnHosts: string;
  /** null: it stays what it is started as, root of a user namespace that has nobody else. */
  readonly user: { readonly name: string; readonly group: string } | null;
}

export type DnsmasqLink = Pick<NonNullable<NetworkSetup['link']>, 'bridge' | 'mtu'>;

export interface DnsmasqText {
  readonly conf: string;
  /** Static hosts, and names with addresses: files that a running dnsmasq reads again on SIGHUP. */
  readonly hosts: string;
  readonly addnHosts: string;
}

/** The largest range that counts; the default of dnsmasq's own is 1000 leases in all. */
const maxLeases = 65_536n;
/** Room for as many static hosts as a setup can have, so that their number is nothing to restart for. */
const maxHosts = 4096;

/**
 * Writes the configuration of a network's dnsmasq, as libvirt does but for: the host's own /etc/hosts is none of the guests' business, static hosts
 * have room among the leases too, no script is run at a lease, and no guest waits the three seconds in which dnsmasq would ping for one that had taken
 * the address by hand (clients ask for themselves: RFC 2131, section 2.2).
 */
export function writeDnsmasq({ bridge, mtu }: DnsmasqLink, setup: DnsmasqSetup, files: DnsmasqFiles): DnsmasqText {
  const lines = [
    '# Written by Guestward at every start of the network; changes are lost.',
    ...identity(bridge, files),
    ...(setup.dns === undefined ? ['port=0'] : names(setup, setup.dns)),
    ...(setup.offersRouter ? [] : isolation(setup)),
    ...dhcp(setup),
    // Router advertisements carry the bridge's MTU by themselves.
    ...(mtu === undefined ? [] : [setting('dhcp-option', 'option:mtu', mtu)]),
    setting('dhcp-hostsfile', quote(files.hosts)),
    setting('addn-hosts', quote(files.addnHosts)),
    ...setup.options.map((option) => line(option)),
  ];
  return {
    conf: text(lines),
    hosts: text(setup.hosts.map(hostLine)),
    addnHosts: text((setup.dns?.hosts ?? []).map((host) => [host.address, ...host.names].map(word).join('\t'))),
  };
}

function identity(bridge: string, files: DnsmasqFiles): readonly string[] {
  return [
    setting('user', files.user === null ? '' : word(files.user.name)),
    setting('group', files.user === null ? '' : word(files.user.group)),
    setting('pid-file', quote(files.pid)),
    setting('dhcp-leasefile', quote(files.leases)),
    'no-hosts',
    'except-interface=lo',
    'bind-dynamic',
    setting('interface', word(bridge)),
  ];
}

function names({ domain, offersRouter }: DnsmasqSetup, dns: NonNullable<DnsmasqSetup['dns']>): readonly string[] {
  const servers = dns.forwarders.map(({ address, port, domain: zone }) => {
    const server = address === undefined ? '#' : `${word(address)}${port === undefined ? '' : `#${port}`}`;
    return setting('server', zone === undefined ? server : `/${word(zone)}/${server}`);
  });
  return [
    'strict-order',
    ...servers,
    // An isolated network's guests learn nothing of the world, not even by name.
    ...(!offersRouter || dns.forwarders.some((forwarder) => forwarder.domain === undefined) ? ['no-resolv'] : []),
    ...(domain?.localOnly === true ? [setting('local', `/${word(domain.name)}/`)] : []),
    ...(domain === undefined ? [] : [setting('domain', word(domain.name)), 'expand-hosts']),
    ...dns.localPtr.flatMap(reverseZones).map((zone) => setting('local', `/${word(zone)}/`)),
    // The second says so of names in no domain also where a forwarder is given (dnsmasq(8), --server).
    ...(dns.forwardPlainNames ? [] : ['domain-needed', 'local=//']),
    // Commas are between the strings of a record, as in libvirt.
    ...dns.txts.map(({ name, value }) => setting('txt-record', word(name), ...value.split(',').map(quote))),
    ...dns.srvs.map(({ name, target, port = 1, priority = 0, weight = 0 }) =>
      target === undefined
        ? setting('srv-host', word(name))
        : setting('srv-host', word(name), word(target), port, priority, weight),
    ),
  ];
}

/** No default route by DHCP (option 3 without a value) nor by router advertisements (a lifetime of 0). */
function isolation({ dns }: DnsmasqSetup): readonly string[] {
  return ['dhcp-option=3', 'ra-param=*,0,0', ...(dns === undefined ? ['no-resolv'] : [])];
}

function dhcp(setup: DnsmasqSetup): readonly string[] {
  const { ranges, staticOnly, routerAdvertisements, offLink, relay, bootp, tftpRoot } = setup;
  const families = new Set([...ranges, ...staticOnly].map(({ family }) => family));
  return [
    ...(tftpRoot === undefined ? [] : ['enable-tftp', setting('tftp-root', quote(tftpRoot))]),
    ...ranges.map(({ family, low, high, prefix, lease, slaac }) => {
      const mask = family === 'ipv4' ? formatIpv4(prefixMask(prefix, 32)) : prefix;
      return setting(
        'dhcp-range',
        word(low),
        word(high),
        ...slaacMode(slaac),
        mask,
        ...(lease === undefined ? [] : [lease]),
      );
    }),
    ...staticOnly.map(({ family, subnet, slaac }) => {
      const [address, prefix] = splitPrefix(subnet);
      const mask = family === 'ipv4' ? formatIpv4(prefixMask(prefix, 32)) : prefix;
      return setting('dhcp-range', address, 'static', ...slaacMode(slaac), mask);
    }),
    ...routerAdvertisements.map((subnet) => {
      const [address, prefix] = splitPrefix(subnet);
      return setting('dhcp-range', address, 'ra-only', ...(offLink === true ? ['off-link'] : []), prefix);
    }),
    ...(families.has('ipv4') ? ['dhcp-no-override', 'dhcp-authoritative'] : []),
    ...(families.has('ipv6') ? ['enable-ra'] : []),
    ...(families.size === 0 ? [] : ['no-ping', setting('dhcp-lease-max', countLeases(ranges))]),
    ...(bootp === undefined
      ? []
      : [setting('dhcp-boot', word(bootp.file), ...(bootp.server === undefined ? [] : ['', word(bootp.server)]))]),
    ...(relay === undefined ? [] : [setting('dhcp-relay', word(relay.local), word(relay.server), word(relay.uplink))]),
  ];
}

/** Router advertisements say that there is DHCPv6 and, with this, that addresses of the subnet may be made as well. */
function slaacMode(slaac: boolean | undefined): readonly string[] {
  return slaac === true ? ['slaac'] : [];
}

function countLeases(ranges: DnsmasqSetup['ranges']): number {
  const sizes = ranges.map(({ family, low, high }) => {
    const read = family === 'ipv4' ? parseIpv4 : parseIpv6;
    const size = (read(high) ?? 0n) - (read(low) ?? 0n) + 1n;
    return Number(size < 1n ? 1n : size > maxLeases ? maxLeases : size);
  });
  return sizes.reduce((sum, size) => sum + size, maxHosts);
}

/** The network's own address and the length of its prefix. */
function splitPrefix(prefix: string): readonly [string, number] {
  const [address = '', length = ''] = prefix.split('/');
  const ipv4 = parseIpv4(address);
  if (ipv4 !== undefined) return [formatIpv4(ipv4 & prefixMask(Number(length), 32)), Number(length)];
  const ipv6 = parseIpv6(address);
  if (ipv6 === undefined) throw new Error(`not a prefix: ${JSON.stringify(prefix)}`);
  return [formatIpv6(ipv6 & prefixMask(Number(length), 128)), Number(length)];
}

/** An option of the administrator's own: anything but more than one line. */
function line(option: string): string {
  if (!/^[a-z][ -~]*$/.test(option)) throw new Error(`not a line: ${JSON.stringify(option)}`);
  return option;
}

function text(lines: readonly string[]): string {
  return lines.map((each) => `${each}\n`).join('');
}
