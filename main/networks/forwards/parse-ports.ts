import type { Range } from '../../../shared/network/network-document.ts';

/** `80` or `8000-8010`; undefined for what is neither. */
export function parsePorts(text: string): Range<number> | undefined {
  const [, first, last = first] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text) ?? [];
  const [low, high] = [Number(first), Number(last)];
  return first !== undefined && low >= 1 && low <= high && high <= 0xffff ? { low, high } : undefined;
}

/** The same text again. */
export function formatPorts({ low, high }: Range<number>): string {
  return low === high ? String(low) : `${low}-${high}`;
}
