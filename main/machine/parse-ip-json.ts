import { formatIpv4, parseIpv4 } from '../../shared/net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../../shared/net/ipv6.ts';
import type { HostAddress, HostLink, HostRoute, LinkKind } from '../../shared/network/host-facts.ts';
import type { IpFamily } from '../../shared/network/network-document.ts';
import { type ListedFields as Fields, parseListing } from './parse-listing.ts';

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const listOf = (json: string): readonly Fields[] => parseListing(json) ?? [];

function canonical(family: IpFamily, text: string): string | undefined {
  const value = family === 'ipv4' ? parseIpv4(text) : parseIpv6(text);
  if (value === undefined) return undefined;
  return family === 'ipv4' ? formatIpv4(value) : formatIpv6(value);
}

const tunnels = ['tun', 'wireguard', 'ipip', 'sit', 'gre', 'ip6tnl', 'vti', 'vti6', 'xfrm', 'ppp'];

/** Docker names its bridges docker0 and br-, with twelve digits of the network's id; libvirt's default template is virbr%d. */
function bridgeKind(name: string, alias: string): LinkKind {
  if (/^docker(?:0|_gwbridge)$/.test(name) || /^br-[0-9a-f]{12}$/.test(name)) return 'docker';
  return /^virbr[0-9]+$/.test(name) || /libvirt/i.test(alias) ? 'libvirt' : 'bridge';
}

function kindOf(link: Fields, isWireless: (device: string) => boolean): LinkKind {
  const name = textOf(link['ifname']) ?? '';
  const info = isFields(link['linkinfo']) ? link['linkinfo'] : {};
  const kind = textOf(info['info_kind']);
  const type = textOf(link['link_type']);
  if (type === 'loopback') return 'loopback';
  if (isWireless(name)) return 'wireless';
  if (kind === 'bridge') return bridgeKind(name, textOf(link['ifalias']) ?? '');
  if (kind === 'tun') {
    const data = isFields(info['info_data']) ? info['info_data'] : {};
    // A TAP carries a guest's frames; a TUN is somebody's tunnel.
    return data['type'] === 'tap' ? 'other' : 'tunnel';
  }
  if (type === 'none' || type === 'ppp' || (kind !== undefined && tunnels.includes(kind))) return 'tunnel';
  return kind === undefined && type === 'ether' ? 'cable' : 'other';
}

/** Reads `ip -json -details addr show`. */
export function parseLinks(
  json: string,
  isWireless: (device: string) => boolean,
): { readonly links: readonly HostLink[]; readonly addresses: readonly HostAddress[] } {
  const links: HostLink[] = [];
  const addresses: HostAddress[] = [];
  for (const entry of listOf(json)) {
    const name = textOf(entry['ifname']);
    if (name === undefined) continue;
    const up = textsOf(entry['flags']).includes('UP');
    const kind = kindOf(entry, isWireless);
    links.push({ name, kind, mac: textOf(entry['address']), up, master: textOf(entry['master']) });
    const infos = Array.isArray(entry['addr_info']) ? entry['addr_info'].filter(isFields) : [];
    for (const info of infos) {
      const family: IpFamily = info['family'] === 'inet6' ? 'ipv6' : 'ipv4';
      const address = canonical(family, textOf(info['local']) ?? '');
      const prefix = numberOf(info['prefixlen']);
      if (address === undefined || prefix === undefined) continue;
      const found = info['scope'];
      const scope = found === 'link' || found === 'host' ? found : 'global';
      addresses.push({ device: name, family, address, prefix, scope });
    }
  }
  return { links, addresses };
}

function parseDestination(text: string, family: IpFamily): { readonly destination: string; readonly prefix: number } {
  const width = family === 'ipv4' ? 32 : 128;
  if (text === 'default') return { destination: family === 'ipv4' ? '0.0.0.0' : '::', prefix: 0 };
  const [address = '', length] = text.split('/');
  return { destination: canonical(family, address) ?? '', prefix: length === undefined ? width : Number(length) };
}

const ownTypes = ['local', 'broadcast', 'anycast', 'multicast'];

/** Reads `ip -json -4|-6 route show table all`. */
export function parseRoutes(json: string, family: IpFamily): readonly HostRoute[] {
  return listOf(json).flatMap((entry): HostRoute[] => {
    const text = textOf(entry['dst']);
    if (text === undefined || ownTypes.includes(textOf(entry['type']) ?? '') || entry['table'] === 'local') return [];
    const { destination, prefix } = parseDestination(text, family);
    if (destination === '') return [];
    const table = textOf(entry['table']) ?? 'main';
    const hops = Array.isArray(entry['nexthops']) ? entry['nexthops'].filter(isFields) : [];
    const via = hops[0] ?? entry;
    return [
      {
        family,
        destination,
        prefix,
        device: textOf(via['dev']),
        gateway: canonical(family, textOf(via['gateway']) ?? ''),
        metric: numberOf(entry['metric']) ?? 0,
        table,
        protocol: textOf(entry['protocol']),
      },
    ];
  });
}
