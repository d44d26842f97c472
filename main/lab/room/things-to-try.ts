import type { Place } from '../lab-options.ts';
import { addresses } from './addresses.ts';

const { gateway, g1, g2, lan } = addresses;

const perPlace: Readonly<Record<Place, readonly string[]>> = {
  g1: [
    `ip address add ${g2.ip}/32 dev eth0      # be g2 too ...`,
    `ping -I ${g2.ip} ${gateway.ip}                # ... and write as g2`,
    'ip link set eth0 address 52:54:00:77:00:99  # be a card that nobody knows',
  ],
  g2: ['ip neighbour                                # whom g2 believes to be where', `ping ${g1.ip}`],
  lan: ['ss --tcp --udp --listening --numeric', 'ip address'],
};

/** A few commands that are worth a try in a guest. */
export function thingsToTry(place: Place): string {
  return [...perPlace[place], `ping ${place === 'lan' ? lan.gateway : lan.ip}`].map((line) => `  ${line}\n`).join('');
}
