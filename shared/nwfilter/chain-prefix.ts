import { type ChainPrefix, chainPriorities } from './protocols.ts';

const prefixes = Object.keys(chainPriorities) as ChainPrefix[];

/** What a chain's name starts with, and so which frames go through it; undefined for a name that no chain can have. */
export function chainPrefix(chain: string): ChainPrefix | undefined {
  if (chain.startsWith('root')) return chain === 'root' ? 'root' : undefined;
  return prefixes.find((prefix) => chain.startsWith(prefix));
}
