import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import type { DhcpHost, NetworkDocument } from '../../../shared/network/network-document.ts';

/** `52-54-00-12-34-56`: what a host of DHCPv6 is called of which nothing is known but its MAC address. */
export const macName = (mac: bigint): string => formatMac(mac).replaceAll(':', '-');

/** The MAC address that a name is. */
export const macOfName = (name: string | undefined): bigint | undefined =>
  name !== undefined && /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/.test(name) ? parseMac(name.replaceAll('-', ':')) : undefined;

const sameName = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/**
 * A network's static hosts. Those of DHCPv6, for whose MAC address libvirt's format has no place, have that of the IPv4 host of the same name, or the
 * one that they are called by.
 */
export function staticHosts({ ips }: Pick<NetworkDocument, 'ips'>): readonly DhcpHost[] {
  const hosts = ips.flatMap(({ dhcp }) => dhcp?.hosts ?? []);
  const ofName = (name: string | undefined) =>
    hosts.find((host) => host.mac !== undefined && sameName(host.name, name));
  return hosts.map((host) => {
    if (host.mac !== undefined || !host.address.includes(':')) return host;
    return { ...host, mac: macOfName(host.name) ?? ofName(host.name)?.mac };
  });
}
