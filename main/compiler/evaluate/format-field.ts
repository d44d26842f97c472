import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { formatIpv6 } from '../../../shared/net/ipv6.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { prefixLength } from '../../../shared/net/netmask.ts';
import { arpOpcodeNames, etherTypeNames, ipProtocolNames } from '../../../shared/nwfilter/protocols.ts';
import { type HeaderField, headerFields } from '../policy/header-field.ts';

/** How a person calls a field, short enough for a line of a trace. */
export const fieldNames: Readonly<Record<HeaderField, string>> = {
  'ether-source': 'source MAC',
  'ether-destination': 'destination MAC',
  'ether-type': 'type',
  'vlan-id': 'VLAN',
  'vlan-type': 'type in VLAN',
  'stp-header': 'BPDU header',
  'stp-type': 'BPDU type',
  'stp-flags': 'BPDU flags',
  'stp-root-priority': 'root priority',
  'stp-root-address': 'root address',
  'stp-root-cost': 'root cost',
  'stp-sender-priority': 'sender priority',
  'stp-sender-address': 'sender address',
  'stp-port': 'port',
  'stp-age': 'age',
  'stp-max-age': 'max age',
  'stp-hello-time': 'hello time',
  'stp-forward-delay': 'forward delay',
  'arp-hardware-type': 'ARP hardware type',
  'arp-protocol-type': 'ARP protocol type',
  'arp-hardware-length': 'ARP hardware length',
  'arp-protocol-length': 'ARP protocol length',
  'arp-opcode': 'ARP opcode',
  'arp-sender-mac': 'ARP sender MAC',
  'arp-sender-ip': 'ARP sender IP',
  'arp-target-mac': 'ARP target MAC',
  'arp-target-ip': 'ARP target IP',
  'ip-source': 'source IP',
  'ip-destination': 'destination IP',
  'ip-protocol': 'protocol',
  'ip-dscp': 'DSCP',
  'ip6-source': 'source IP',
  'ip6-destination': 'destination IP',
  'ip6-dscp': 'DSCP',
  'transport-protocol': 'protocol',
  'source-port': 'source port',
  'destination-port': 'destination port',
  'icmp-type': 'ICMP type',
  'icmp-code': 'ICMP code',
};

const nameIn = (names: Readonly<Record<string, number>>, value: bigint): string | undefined =>
  Object.entries(names).find(([, number]) => BigInt(number) === value)?.[0];

const hexadecimal = (value: bigint, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

/** A number as a person writes it in this field: an address, a name or a number. */
export function formatField(field: HeaderField, value: bigint): string {
  switch (field) {
    case 'ether-type':
    case 'vlan-type':
    case 'arp-protocol-type':
      return nameIn(etherTypeNames, value) ?? hexadecimal(value, 4);
    case 'arp-opcode':
      return nameIn(arpOpcodeNames, value) ?? value.toString();
    case 'ip-protocol':
    case 'transport-protocol':
      return nameIn(ipProtocolNames, value) ?? value.toString();
    case 'arp-sender-ip':
    case 'arp-target-ip':
    case 'ip-source':
    case 'ip-destination':
      return formatIpv4(value);
    case 'ip6-source':
    case 'ip6-destination':
      return formatIpv6(value);
    case 'stp-header':
      return hexadecimal(value, 10);
    default:
      return headerFields[field] === 48 ? formatMac(value) : value.toString();
  }
}

/** What follows a value under a mask: `/24`, or the mask in full where it is no prefix. */
export function formatMask(field: HeaderField, mask: bigint): string {
  const width = headerFields[field];
  const length = width === 48 ? undefined : prefixLength(mask, width);
  return `/${length ?? formatField(field, mask)}`;
}
