import type { Nic } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import type { Shield } from './nic-shield.ts';

const said = words.map;

/** Its filter and whether that holds, in a few words. */
export function sayShield({ filter }: Nic, shield: Shield): string {
  const name = filter?.name ?? '';
  switch (shield) {
    case 'unknown':
      return said.unknown;
    case 'open':
      return said.open;
    case 'holds':
      return said.holds(name);
    case 'waits':
      return said.waits(name);
    case 'fails':
      return said.doesNotHold(name);
  }
}

/** Why nothing passes, where its device is the reason. */
export function sayState({ present, up }: Nic): string | undefined {
  if (!present) return said.away;
  return up ? undefined : said.down;
}
