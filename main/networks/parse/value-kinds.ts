import { formatIpAddress, parseIpAddress } from '../../../shared/net/ip-address.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { IpFamily, Range } from '../../../shared/network/network-document.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import { isMistakenName } from '../../../shared/plan/dnsmasq-line.ts';
import { domainNameSchema } from '../../../shared/plan/network-setup.ts';

/** What an attribute's value may be. `expected` follows "is not". */
export interface Kind<T> {
  readonly expected: string;
  readonly parse: (text: string) => T | undefined;
}

export function choice<T extends string>(...words: readonly T[]): Kind<T> {
  return { expected: words.join(' or '), parse: (text) => words.find((word) => word === text) };
}

export function pattern(expression: RegExp, expected: string): Kind<string> {
  return { expected, parse: (text) => (expression.test(text) ? text : undefined) };
}

interface TextSchema {
  safeParse(text: string): { readonly success: boolean };
}

/** What the helper itself takes, so that a document never holds more than can be carried out. */
export function bySchema(schema: TextSchema, expected: string): Kind<string> {
  return { expected, parse: (text) => (schema.safeParse(text).success ? text : undefined) };
}

/** Decimal digits; larger than 9 of them too, unlike in filters. */
export function integer(min: number, max: number): Kind<number> {
  return {
    expected: `a number from ${min} to ${max}`,
    parse: (text) => {
      const value = /^[0-9]{1,12}$/.test(text) ? Number(text) : undefined;
      return value !== undefined && value >= min && value <= max ? value : undefined;
    },
  };
}

const flag = (yes: string, no: string): Kind<boolean> => ({
  expected: `${yes} or ${no}`,
  parse: (text) => (text === yes ? true : text === no ? false : undefined),
});
export const yesNo = flag('yes', 'no');
export const onOff = flag('on', 'off');

export const deviceName: Kind<string> = {
  expected: 'a device name: up to 15 letters, digits and _ . -, the first a letter or a digit',
  parse: (text) => (isDeviceName(text) ? text : undefined),
};

export const port = integer(1, 0xffff);

/** `80` or `8000-8010`. */
export const portRange: Kind<Range<number>> = {
  expected: 'a port from 1 to 65535, or two as LOW-HIGH',
  parse: (text) => {
    const [, first = '', last = first] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text) ?? [];
    const low = port.parse(first);
    const high = port.parse(last);
    return low !== undefined && high !== undefined && low <= high ? { low, high } : undefined;
  },
};

export const mac: Kind<bigint> = {
  expected: 'the MAC address of one device, such as 52:54:00:12:34:56',
  parse: (text) => {
    const value = parseMac(text);
    const isGroup = value !== undefined && ((value >> 40n) & 1n) === 1n;
    return value === undefined || value === 0n || isGroup ? undefined : value;
  },
};

/** An address in the form that `formatIpv4` and `formatIpv6` write. */
export function address(family?: IpFamily): Kind<string> {
  const names = { ipv4: 'an IPv4 address', ipv6: 'an IPv6 address', any: 'an IPv4 or IPv6 address' };
  return {
    expected: names[family ?? 'any'],
    parse: (text) => {
      const read = parseIpAddress(text);
      return read === undefined || (family !== undefined && read.family !== family) ? undefined : formatIpAddress(read);
    },
  };
}

export const domainName: Kind<string> = {
  expected: 'a name of letters, digits, - and _, with dots between its parts',
  parse: (text) => (domainNameSchema.safeParse(text).success ? text : undefined),
};

/** The name of a guest, which also stands in the lines of dnsmasq's static hosts. */
export const guestName: Kind<string> = {
  expected: `${domainName.expected}, and no number, "ignore" or "infinite", which dnsmasq would take for something else`,
  parse: (text) => (isMistakenName(text) ? undefined : domainName.parse(text)),
};
