import { labPort } from '../guest/station.ts';
import type { Place } from '../lab-options.ts';
import { addresses } from './addresses.ts';

const { gateway, g1, g2, lan } = addresses;

// Every machine of the lab listens on labPort and tells its callers by which address it knows them.
const call = (ip: string) => `cat < /dev/tcp/${ip}/${labPort}`;

const perPlace: Readonly<Record<Place, readonly (readonly [command: string, remark: string])[]>> = {
  g1: [
    [call(g2.ip), 'call g2, in bash; it says who you are'],
    [`ip address add ${g2.ip}/32 dev eth0`, 'be g2 too ...'],
    [`ping -I ${g2.ip} ${gateway.ip}`, '... and write as g2'],
    ['ip link set eth0 address 52:54:00:77:00:99', 'be a card nobody knows'],
  ],
  g2: [
    [call(g1.ip), 'call g1, in bash; it says who you are'],
    [call(lan.ip), "call the LAN; it sees the gateway's address"],
    ['ip neighbour', 'whom g2 believes to be where'],
  ],
  lan: [
    [call(lan.gateway), 'call the gateway, in bash'],
    ['ss --listening --tcp --udp --numeric', 'what answers g1 and g2'],
  ],
};

/** A few commands that are worth a try in a guest. */
export function thingsToTry(place: Place): string {
  const tries = perPlace[place];
  const width = Math.max(...tries.map(([command]) => command.length));
  return tries.map(([command, remark]) => `  ${command.padEnd(width)}  # ${remark}\n`).join('');
}
