import { etherTypeNames } from '../../../../shared/nwfilter/protocols.ts';
import { type FrameRules, isJump } from '../../policy/policy.ts';
import { etherTypeOf } from './ether-type-of.ts';

type Entry = FrameRules['root'][number];

const entryType = (entry: Entry): number | undefined =>
  isJump(entry) ? etherTypeOf(entry.test) : entry.tests.map(etherTypeOf).find((type) => type !== undefined);

/**
 * Puts what is about ARP before its neighbours that are about other EtherTypes; no frame meets both, so verdicts and counters stay the same. A guest's
 * ARP request is flooded, and goes this way once for every port of the bridge.
 */
export function arpFirst(root: FrameRules['root']): FrameRules['root'] {
  const ordered: Entry[] = [];
  let others: Entry[] = [];
  for (const entry of root) {
    const type = entryType(entry);
    if (type === etherTypeNames.arp) ordered.push(entry);
    else if (type !== undefined) others.push(entry);
    else {
      ordered.push(...others, entry);
      others = [];
    }
  }
  return [...ordered, ...others];
}
