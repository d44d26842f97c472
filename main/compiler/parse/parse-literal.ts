import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import { prefixLength } from '../../../shared/net/netmask.ts';
import type { AttributeType } from '../../../shared/nwfilter/protocols.ts';
import { connectionStates, type LiteralValue, type TcpFlagName, tcpFlagBits } from '../../../shared/nwfilter/values.ts';

type NumberType = Extract<AttributeType, { type: 'number' }>;

/** Comments are cut at this many characters, as the reference does. */
export const maxCommentLength = 256;

/** Digits are decimal; what is not, is tried as hexadecimal with or without 0x. A number that has a name loses its notation. */
function parseNumber({ min, max, names = {} }: NumberType, text: string): LiteralValue | undefined {
  const named = Object.entries(names).find(([name]) => name.toLowerCase() === text.toLowerCase());
  if (named !== undefined) return { kind: 'number', value: named[1], hex: false };
  const decimal = /^[0-9]+$/.test(text);
  if (!decimal && !/^(?:0x)?[0-9a-f]+$/i.test(text)) return undefined;
  const value = Number.parseInt(text, decimal ? 10 : 16);
  if (value < min || value > max) return undefined;
  return { kind: 'number', value, hex: !decimal && !Object.values(names).includes(value) };
}

function parseMask(width: 32 | 128, text: string): LiteralValue | undefined {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text) <= width ? { kind: 'prefix', length: Number(text) } : undefined;
  const mask = width === 32 ? parseIpv4(text) : parseIpv6(text);
  const length = mask === undefined ? undefined : prefixLength(mask, width);
  return length === undefined ? undefined : { kind: 'prefix', length };
}

function parseMacMask(text: string): LiteralValue | undefined {
  const value = parseMac(text);
  return value === undefined || prefixLength(value, 48) === undefined ? undefined : { kind: 'mac', value };
}

function parseBoolean(text: string): LiteralValue | undefined {
  if (['true', 'yes', '1'].includes(text)) return { kind: 'boolean', value: true };
  return ['false', 'no', '0'].includes(text) ? { kind: 'boolean', value: false } : undefined;
}

const words = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');

/** NONE wins over whatever stands beside it. States come in one order, each once. */
function parseStates(text: string): LiteralValue | undefined {
  const found = words(text);
  if (
    found.length === 0 ||
    !found.every((word) => word === 'NONE' || connectionStates.some((state) => state === word))
  ) {
    return undefined;
  }
  return {
    kind: 'states',
    states: found.includes('NONE') ? [] : connectionStates.filter((state) => found.includes(state)),
  };
}

const allTcpFlags = 0x3f;

function parseTcpFlagList(text: string): number | undefined {
  const found = words(text);
  if (found.length === 0) return undefined;
  let bits = 0;
  for (const word of found) {
    if (word === 'ALL') bits |= allTcpFlags;
    else if (Object.hasOwn(tcpFlagBits, word)) bits |= tcpFlagBits[word as TcpFlagName];
    else if (word !== 'NONE') return undefined;
  }
  return bits;
}

function parseTcpFlags(text: string): LiteralValue | undefined {
  const [mask, flags, ...more] = text.split('/').map(parseTcpFlagList);
  return mask === undefined || flags === undefined || more.length > 0 ? undefined : { kind: 'tcp-flags', mask, flags };
}

function parseIpsetFlags(text: string): LiteralValue | undefined {
  if (!/^(?:src|dst)(?:,(?:src|dst)){0,5}$/i.test(text)) return undefined;
  return {
    kind: 'ipset-flags',
    flags: text
      .toLowerCase()
      .split(',')
      .map((word) => (word === 'src' ? 'src' : 'dst')),
  };
}

/** Reads a text as a value of the type; undefined where it is none. Variables are not known here. */
export function parseLiteral(type: AttributeType, text: string): LiteralValue | undefined {
  switch (type.type) {
    case 'number':
      return parseNumber(type, text);
    case 'mac': {
      const value = parseMac(text);
      return value === undefined ? undefined : { kind: 'mac', value };
    }
    case 'mac-mask':
      return parseMacMask(text);
    case 'ipv4': {
      const value = parseIpv4(text);
      return value === undefined ? undefined : { kind: 'ipv4', value };
    }
    case 'ipv6': {
      const value = parseIpv6(text);
      return value === undefined ? undefined : { kind: 'ipv6', value };
    }
    case 'ipv4-mask':
      return parseMask(32, text);
    case 'ipv6-mask':
      return parseMask(128, text);
    case 'boolean':
      return parseBoolean(text);
    case 'comment':
      return { kind: 'text', value: [...text].slice(0, maxCommentLength).join('') };
    case 'states':
      return parseStates(text);
    case 'tcp-flags':
      return parseTcpFlags(text);
    case 'ipset':
      return /^[A-Za-z0-9_.:+ ][A-Za-z0-9_.:+ -]{0,30}$/.test(text) ? { kind: 'text', value: text } : undefined;
    case 'ipset-flags':
      return parseIpsetFlags(text);
  }
}
