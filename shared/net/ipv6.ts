import { formatIpv4, parseIpv4 } from './ipv4.ts';

const group = /^[0-9A-Fa-f]{1,4}$/;

/** The 16 bit groups of one side of `::`, with an IPv4 address at the end of the text counting as two. */
function readGroups(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [position, part] of parts.entries()) {
    if (group.test(part)) {
      groups.push(BigInt(`0x${part}`));
      continue;
    }
    const ipv4 = position === parts.length - 1 ? parseIpv4(part) : undefined;
    if (ipv4 === undefined) return undefined;
    groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
  }
  return groups;
}

/** Reads an address in the forms of RFC 4291, section 2.2, as a 128 bit number; a zone (`%eth0`) is refused. */
export function parseIpv6(text: string): bigint | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [head, tail] = sides.map(readGroups);
  if (head === undefined || (sides.length === 2 && tail === undefined)) return undefined;
  // An IPv4 address stands at the very end only.
  if (sides.length === 2 && sides[0]?.includes('.')) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (sides.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return groups.reduce((address, value) => (address << 16n) | value, 0n);
}

/** Start and length of the longest run of zeros, the first of equal ones; RFC 5952 shortens no single zero. */
function longestZeroRun(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 1];
  let start = 0;
  for (const [position, value] of groups.entries()) {
    if (value !== 0) start = position + 1;
    else if (position + 1 - start > best[1]) best = [start, position + 1 - start];
  }
  return best;
}

/** Writes a 128 bit number in the form of RFC 5952; IPv4-mapped addresses end in four decimal octets, as inet_ntop(3) has it. */
export function formatIpv6(address: bigint): string {
  if (address >> 32n === 0xffffn) return `::ffff:${formatIpv4(address & 0xffffffffn)}`;
  const groups = Array.from({ length: 8 }, (_, position) => Number((address >> BigInt(112 - 16 * position)) & 0xffffn));
  const words = groups.map((value) => value.toString(16));
  const [start, length] = longestZeroRun(groups);
  if (length < 2) return words.join(':');
  return `${words.slice(0, start).join(':')}::${words.slice(start + length).join(':')}`;
}
