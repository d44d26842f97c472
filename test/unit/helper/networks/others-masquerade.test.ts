import { describe, expect, it } from 'vitest';
import { masquerades } from '../../../../main/helper/networks/others-masquerade.ts';

const table = (name: string, rule: string): string =>
  `table ${name} {\n\tchain POSTROUTING {\n\t\ttype nat hook postrouting priority srcnat; policy accept;\n\t\t${rule}\n\t}\n}\n`;

describe('rules of others that give packets another source', () => {
  it.each<[string, string, boolean]>([
    ["nft's masquerade", table('ip nat', 'ip saddr 10.0.0.0/8 masquerade'), true],
    ["nft's snat", table('inet mine', 'oifname "eth0" snat ip to 192.0.2.1'), true],
    ["iptables' target, as nft lists it", table('ip nat', 'counter xt target "MASQUERADE"'), true],
    ['not of the other family', table('ip6 nat', 'masquerade'), false],
    ['not our own', table('inet guestward', 'ip saddr 10.0.0.0/8 masquerade'), false],
    [
      'not ours, though others stand before it',
      `${table('ip nat', 'accept')}${table('inet guestward', 'masquerade')}`,
      false,
    ],
    ['not what is done to the destination', table('ip nat', 'tcp dport 80 dnat to 10.0.0.2'), false],
    ['none', '', false],
  ])('%s', (_, listing, found) => {
    expect(masquerades(listing, ['ip', 'inet'])).toBe(found);
  });
});
