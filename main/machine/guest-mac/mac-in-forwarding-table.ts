import { parseListing } from '../parse-listing.ts';

interface ForwardingEntry {
  readonly mac?: unknown;
  readonly state?: unknown;
  readonly flags?: readonly unknown[];
}

/**
 * Finds the one MAC address that a bridge has learnt on a port, in the output of `bridge -json fdb show brport DEV`. Entries with a state
 * (permanent, static) or with the flag `self` are the device's own. Two learnt addresses tell nothing.
 */
export function macInForwardingTable(json: string): string | undefined {
  const entries = parseListing(json) ?? [];
  const learnt = (entries as readonly ForwardingEntry[])
    .filter(({ state, flags = [] }) => (state === undefined || state === '') && !flags.includes('self'))
    .flatMap(({ mac }) => (typeof mac === 'string' ? [mac] : []));
  const different = new Set(learnt);
  return different.size === 1 ? learnt[0] : undefined;
}
