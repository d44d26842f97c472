import { words } from '../../words/words.ts';

const { purposes } = words.network.rules;

/** Names of chains without the hash of their content, as main/networks/rules gives them. */
const byStem = new Map<string, string>(Object.entries(purposes));

/** What a chain of a network's rules is for, in words; undefined where nobody has given it any. */
export function chainPurpose(chain: string): string | undefined {
  return byStem.get(chain) ?? byStem.get(chain.replace(/_[a-z0-9]{20,}$/, ''));
}
