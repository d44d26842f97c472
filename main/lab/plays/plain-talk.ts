import { addresses } from '../room/addresses.ts';
import { type Play, patience } from './play.ts';

/** What a filter must leave alone. */
export const plainTalk: Play = {
  name: 'plain talk',
  kind: 'talk',
  story: 'g1 asks for g2 by its name, calls it and a host on the LAN by TCP, and g2 calls g1.',
  async act({ g1, g2 }) {
    const found = await g1.lookUp(`g2.${addresses.domain}`, addresses.gateway.ip, patience);
    if (found === undefined) return { worked: false, seen: 'g1 could not find g2 by its name' };
    const calls = await Promise.all([
      g1.call(found, patience),
      g1.call(addresses.lan.ip, patience),
      g2.call(addresses.g1.ip, patience),
    ]);
    const silent = ['g2', 'the LAN', 'g1'].filter((_, index) => calls[index] === undefined);
    return {
      worked: silent.length === 0,
      seen: silent.length === 0 ? 'g2, the LAN and g1 answered' : `no answer from ${silent.join(' and ')}`,
    };
  },
};
