import { readHost } from './guest-mac/read-host.ts';

/** An address that the kernel has seen somebody use. */
export interface Neighbour {
  readonly device: string;
  readonly address: string;
  /** In lower case with colons. */
  readonly mac: string;
}

interface Entry {
  readonly dst?: unknown;
  readonly dev?: unknown;
  readonly lladdr?: unknown;
  readonly state?: unknown;
}

/** Reads `ip -json neighbour show`; without those who did not answer. */
export function parseNeighbours(json: string): readonly Neighbour[] {
  let entries: unknown;
  try {
    entries = JSON.parse(json);
  } catch {
    return [];
  }
  if (!Array.isArray(entries)) return [];
  return entries.flatMap(({ dst, dev, lladdr, state }: Entry): Neighbour[] => {
    if (typeof dst !== 'string' || typeof dev !== 'string' || typeof lladdr !== 'string') return [];
    return Array.isArray(state) && state.includes('FAILED') ? [] : [{ device: dev, address: dst, mac: lladdr }];
  });
}

export function neighbours(): readonly Neighbour[] {
  return parseNeighbours(readHost.neighbours() ?? '');
}
