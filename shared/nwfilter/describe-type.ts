import type { AttributeType } from './protocols.ts';
import { connectionStates, tcpFlagBits } from './values.ts';

/** What a value of the type looks like, for the "expected" of a diagnostic. */
export function describeType(type: AttributeType): string {
  switch (type.type) {
    case 'number': {
      const numbers = `a number from ${type.min} to ${type.max}, decimal or 0x hexadecimal`;
      return type.names === undefined ? numbers : `${Object.keys(type.names).join(', ')}, or ${numbers}`;
    }
    case 'mac':
      return 'a MAC address such as 52:54:00:12:34:56';
    case 'mac-mask':
      return 'a mask of ones followed by zeros, such as ff:ff:ff:00:00:00';
    case 'ipv4':
      return 'an IPv4 address such as 192.0.2.1';
    case 'ipv6':
      return 'an IPv6 address such as 2001:db8::1';
    case 'ipv4-mask':
      return 'a prefix length from 0 to 32, or a mask such as 255.255.255.0';
    case 'ipv6-mask':
      return 'a prefix length from 0 to 128, or a mask such as ffff:ffff::';
    case 'boolean':
      return 'true, yes, 1, false, no or 0';
    case 'comment':
      return 'a text';
    case 'states':
      return `NONE, or a comma separated list of ${connectionStates.join(', ')}`;
    case 'tcp-flags':
      return `MASK/FLAGS, each ALL, NONE or a comma separated list of ${Object.keys(tcpFlagBits).join(', ')}`;
    case 'ipset':
      return "an ipset's name: 1 to 31 letters, digits, spaces or _ . : + -, the first no -";
    case 'ipset-flags':
      return 'one to six of src and dst, comma separated';
  }
}
