import { addresses } from '../room/addresses.ts';
import { firstReader } from './first-reader.ts';
import { macOfNeighbour } from './neighbours.ts';
import { type Play, patience } from './play.ts';

const { gateway, g1, g2 } = addresses;

/** ARP cache poisoning, and what it is good for. */
export const lieInArp: Play = {
  name: 'lies in ARP',
  kind: 'attack',
  story: `g1 says in ARP that the gateway, ${gateway.ip}, is at its own MAC address.`,
  async act({ g1: attacker, g2: victim, gateway: host }, run) {
    // The kernel asks for g2 in the name of the address that it sends from, and g2 believes what it is asked by
    // (RFC 826 merges the sender of a request for oneself).
    await attacker.ip(`address add ${gateway.ip}/32 dev eth0`, 'neighbour flush dev eth0');
    await attacker.send({ from: gateway.ip, to: g2.ip, text: `a lie, ${run}` });
    await victim.receive(`a lie, ${run}`, patience);

    // What still waits for g2's answer would only blur which rule stopped the lie.
    await attacker.ip('neighbour flush dev eth0');
    const secret = `a secret of g2's, ${run}`;
    await victim.send({ from: g2.ip, to: gateway.ip, text: secret });
    const reader = await firstReader(secret, { g1: attacker, gateway: host });
    const believed = macOfNeighbour(await victim.ipJson('neighbour', 'show', 'dev', 'eth0'), gateway.ip);
    await attacker.ip(`address del ${gateway.ip}/32 dev eth0`, 'neighbour flush dev eth0');
    await victim.ip('neighbour flush dev eth0');

    if (reader === 'g1') return { worked: true, seen: 'g1 got what g2 sent to the gateway' };
    if (believed === g1.mac) return { worked: true, seen: 'g2 believed it' };
    return {
      worked: false,
      seen: reader === 'gateway' ? 'g2 still reached the gateway' : 'what g2 sent to the gateway got lost',
    };
  },
};
