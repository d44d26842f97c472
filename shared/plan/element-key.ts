import type { Element } from './ruleset.ts';

/** What makes two elements of one set the same: the port and the values. No value has a space in it. */
export function elementKey({ port, values }: Element): string {
  return [port, ...values].join(' ');
}
