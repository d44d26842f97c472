import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';
import type { Dhcp, IpBlock, LeaseTime, StaticRoute } from '../../../shared/network/network-document.ts';
import { type Attributes, block, indent, tag } from './tag.ts';

/** IPv4 as virsh's own documents have it, with a netmask. */
function subnetAttributes({ family, address, prefix }: Pick<IpBlock, 'family' | 'address' | 'prefix'>): Attributes {
  const isIpv4 = family === 'ipv4' && prefix > 0;
  return {
    family: family === 'ipv6' ? 'ipv6' : undefined,
    address,
    netmask: isIpv4 ? formatIpv4(prefixMask(prefix, 32)) : undefined,
    prefix: isIpv4 ? undefined : prefix,
  };
}

function printLease(lease: LeaseTime | undefined): readonly string[] {
  if (lease === undefined) return [];
  if (lease === 'infinite') return tag('lease', { expiry: 0 });
  if (lease % 3600 === 0) return tag('lease', { expiry: lease / 3600, unit: 'hours' });
  return lease % 60 === 0
    ? tag('lease', { expiry: lease / 60, unit: 'minutes' })
    : tag('lease', { expiry: lease, unit: 'seconds' });
}

function printDhcp(dhcp: Dhcp | undefined): readonly string[] {
  if (dhcp === undefined) return [];
  const { ranges, hosts, bootp } = dhcp;
  return block('dhcp', {}, [
    ...ranges.flatMap(({ low, high, lease }) => block('range', { start: low, end: high }, printLease(lease))),
    ...hosts.flatMap(({ mac, id, name, address, lease }) => {
      const hardware = mac === undefined ? undefined : formatMac(mac);
      return block('host', { mac: hardware, id, name, ip: address }, printLease(lease));
    }),
    ...(bootp === undefined ? [] : tag('bootp', { ...bootp })),
  ]);
}

/** libvirt never writes `<ip/>` as one tag. */
export function printIp(ip: IpBlock): readonly string[] {
  const attributes = { ...subnetAttributes(ip), localPtr: ip.localPtr ? 'yes' : undefined };
  const content = [...tag('tftp', { root: ip.tftpRoot }), ...printDhcp(ip.dhcp)];
  return [...tag('ip', attributes).map((line) => line.replace(/\/>$/, '>')), ...indent(content), '</ip>'];
}

export function printRoute(route: StaticRoute): readonly string[] {
  return tag('route', { ...subnetAttributes(route), gateway: route.gateway, metric: route.metric });
}
