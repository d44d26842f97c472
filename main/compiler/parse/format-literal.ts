import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import { formatIpv6 } from '../../../shared/net/ipv6.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { AttributeType } from '../../../shared/nwfilter/protocols.ts';
import {
  type AttributeValue,
  type LiteralValue,
  tcpFlagBits,
  type VariableAccess,
} from '../../../shared/nwfilter/values.ts';

function formatNumber(type: AttributeType, value: number, hex: boolean): string {
  const names = type.type === 'number' ? (type.names ?? {}) : {};
  const name = Object.entries(names).find(([, number]) => number === value)?.[0];
  return name ?? (hex ? `0x${value.toString(16)}` : String(value));
}

function formatTcpFlagList(bits: number): string {
  if (bits === 0) return 'NONE';
  const names = Object.entries(tcpFlagBits).filter(([, bit]) => (bits & bit) !== 0);
  return names.length === Object.keys(tcpFlagBits).length ? 'ALL' : names.map(([name]) => name).join(',');
}

/** Writes a value as libvirt does: names for numbers that have one, masks as prefix lengths, `NONE` for no states. */
export function formatLiteral(type: AttributeType, value: LiteralValue): string {
  switch (value.kind) {
    case 'number':
      return formatNumber(type, value.value, value.hex);
    case 'mac':
      return formatMac(value.value);
    case 'ipv4':
      return formatIpv4(value.value);
    case 'ipv6':
      return formatIpv6(value.value);
    case 'prefix':
      return String(value.length);
    case 'boolean':
      return String(value.value);
    case 'text':
      return value.value;
    case 'tcp-flags':
      return `${formatTcpFlagList(value.mask)}/${formatTcpFlagList(value.flags)}`;
    case 'states':
      return value.states.length === 0 ? 'NONE' : value.states.join(',');
    case 'ipset-flags':
      return value.flags.join(',');
  }
}

/** Writes `$NAME`, `$NAME[INDEX]` or `$NAME[@ITERATOR]`. */
export function formatVariable(access: VariableAccess): string {
  if (access.kind === 'element') return `$${access.name}[${access.index}]`;
  return access.iterator === 0 ? `$${access.name}` : `$${access.name}[@${access.iterator}]`;
}

export function formatValue(type: AttributeType, value: AttributeValue): string {
  return value.kind === 'variable' ? formatVariable(value.access) : formatLiteral(type, value);
}
