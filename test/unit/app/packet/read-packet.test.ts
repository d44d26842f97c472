import { describe, expect, it } from 'vitest';
import { readPacket } from '../../../../main/app/packet/read-packet.ts';
import type { Question } from '../../../../shared/rpc/packet.ts';

const subject = { of: 'nic', device: 'vnet0' } as const;
const mac = 0x5254_0000_0002n;
const tcp = (source: string, destination: string) =>
  ({ kind: 'tcp', source, sourcePort: 1, destination, destinationPort: 2 }) as const;
const ask = (packet: Question['packet'], more: Partial<Question> = {}) =>
  readPacket({ subject, packet, direction: 'out', ...more }, mac);

describe('a packet that is asked about', () => {
  it.each<[string, ReturnType<typeof ask>, object]>([
    [
      'goes out from the guest',
      ask(tcp('10.0.0.2', '10.0.0.9')),
      { sourceMac: mac, content: { family: 'ipv4', flags: 2 } },
    ],
    ['comes in to it', ask(tcp('10.0.0.9', '10.0.0.2'), { direction: 'in' }), { destinationMac: mac }],
    ['is of IPv6', ask(tcp('fd00::2', 'fd00::9')), { content: { family: 'ipv6' } }],
    [
      'lies about its sender',
      ask(tcp('10.0.0.2', '10.0.0.9'), { sourceMac: '52:54:00:00:00:99' }),
      { sourceMac: 0x5254_0000_0099n },
    ],
    [
      'asks all by ARP',
      ask({ kind: 'arp', operation: 'request', sender: '10.0.0.2', target: '10.0.0.9' }),
      { destinationMac: 0xffff_ffff_ffffn },
    ],
  ])('%s', (_, read, wanted) => {
    expect(read).toMatchObject({ ok: true, value: wanted });
  });

  it.each<[string, ReturnType<typeof ask>, RegExp]>([
    ['no address', ask(tcp('here', '10.0.0.9')), /'here' is not an IP address/],
    ['two families', ask(tcp('10.0.0.2', 'fd00::9')), /not of one family/],
    ['no frame', ask({ kind: 'frame', hex: 'zz'.repeat(20) }), /not an Ethernet frame/],
    ['no MAC address', ask(tcp('10.0.0.2', '10.0.0.9'), { sourceMac: 'x' }), /not a MAC address/],
  ])('is refused for %s', (_, read, message) => {
    expect(read).toMatchObject({ ok: false, failure: { message: expect.stringMatching(message) } });
  });
});
