import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { FilterVariable } from '../../../shared/rpc/filters.ts';

type Kind = FilterVariable['type'];

const isRight: Readonly<Record<Kind, (text: string) => boolean>> = {
  ipv4: (text) => parseIpv4(text) !== undefined,
  ipv6: (text) => parseIpv6(text) !== undefined,
  mac: (text) => parseMac(text) !== undefined,
  number: (text) => /^(?:[0-9]{1,10}|0x[0-9a-f]{1,8})$/i.test(text),
  mask: () => true,
  text: () => true,
};

/** The values of a list with commas or blanks between. */
export function splitValues(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((value) => value !== '');
}

/** Whether every value of a list is of its variable's kind. */
export function areOfKind(values: readonly string[], kind: Kind): boolean {
  return values.every(isRight[kind]);
}
