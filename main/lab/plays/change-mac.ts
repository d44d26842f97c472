import { addresses } from '../room/addresses.ts';
import { type Play, patience } from './play.ts';

const { g1, g2 } = addresses;
const foreignMac = '52:54:00:77:00:99';

/** MAC address spoofing. */
export const changeMac: Play = {
  name: 'changes its MAC',
  kind: 'attack',
  story: `g1 gives its card the MAC address ${foreignMac} and writes to g2.`,
  async act({ g1: attacker, g2: victim }, run) {
    const text = `from a card that nobody knows, ${run}`;
    await attacker.ip(
      `link set eth0 address ${foreignMac}`,
      `neighbour replace ${g2.ip} lladdr ${g2.mac} nud permanent dev eth0`,
    );
    await attacker.send({ from: g1.ip, to: g2.ip, text });
    const from = await victim.receive(text, patience);
    await attacker.ip(`link set eth0 address ${g1.mac}`, 'neighbour flush dev eth0');
    return from === undefined ? { worked: false, seen: 'nothing arrived at g2' } : { worked: true, seen: 'g2 got it' };
  },
};
