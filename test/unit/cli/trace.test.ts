import { describe, expect, it } from 'vitest';
import { traceText } from '../../../main/cli/print/trace-text.ts';
import { cliDouble } from './run-cli.ts';

async function attached() {
  const cli = cliDouble();
  await cli(
    'attach vnet0 --filter clean-traffic --mac 52:54:00:00:00:02 --param IP=10.0.0.2 --param IP=10.0.0.3'.split(' '),
  );
  return cli;
}

describe('trace', () => {
  it('shows the way of a frame that is dropped', async () => {
    const cli = await attached();
    const { status, out } = await cli(['trace', 'vnet0', '--tcp', '10.0.0.7:40000>10.0.0.9:25']);
    expect(status).toBe(0);
    expect(out).toBe(`drop by no-ip-spoofing, filters/no-ip-spoofing.xml:11
  tcp 10.0.0.7:40000 > 10.0.0.9:25, sent by the guest
  52:54:00:00:00:02 > 52:54:00:00:00:01, 54 bytes, NEW

chain root
  chain mac
    no-mac-spoofing.xml:4  return    yes  source MAC $MAC (52:54:00:00:00:02)
  chain ipv4-ip
    no-ip-spoofing.xml:5   return    no   source IP 10.0.0.7, wanted 0.0.0.0
    no-ip-spoofing.xml:8   return    no   source IP 10.0.0.7, wanted $IP
                                          (10.0.0.2, 10.0.0.3)
    no-ip-spoofing.xml:11  drop      yes  anything
`);
  });

  it('shows the way of an ARP request that reaches the guest', async () => {
    const cli = await attached();
    const { out } = await cli(['trace', 'vnet0', '--arp', 'request', '10.0.0.9-10.0.0.2', '--direction', 'in']);
    expect(out).toBe(`accept by clean-traffic, filters/clean-traffic.xml:15
  arp Request 10.0.0.9 > 10.0.0.2, sent to the guest
  52:54:00:00:00:01 > ff:ff:ff:ff:ff:ff, 60 bytes, UNTRACKED

chain root
  chain ipv4 is passed by: type arp, wanted ipv4
  clean-traffic.xml:15  accept    yes  type arp
`);
  });

  it.each([
    ['--udp [fd00::2]:68-[ff02::1:2]:67', 'udp [fd00::2]:68 > [ff02::1:2]:67', '33:33:00:01:00:02', 'NEW'],
    ['--icmp 10.0.0.2>10.0.0.9', 'icmp 10.0.0.2 > 10.0.0.9, type 8 code 0', '52:54:00:00:00:01', 'NEW'],
    ['--icmp 10.0.0.2->10.0.0.9:3/1', 'icmp 10.0.0.2 > 10.0.0.9, type 3 code 1', '52:54:00:00:00:01', 'INVALID'],
    ['--icmp fd00::2>fd00::9', 'icmpv6 fd00::2 > fd00::9, type 128 code 0', '52:54:00:00:00:01', 'NEW'],
    ['--arp reply 10.0.0.2>10.0.0.9', 'arp Reply 10.0.0.2 > 10.0.0.9', '52:54:00:00:00:01', 'UNTRACKED'],
    ['--udp 10.0.0.2:1>10.0.0.9:2 --reply', 'udp 10.0.0.2:1 > 10.0.0.9:2', '52:54:00:00:00:01', 'ESTABLISHED, a reply'],
    ['--udp 10.0.0.2:1>10.0.0.9:2 --state related', 'udp 10.0.0.2:1 > 10.0.0.9:2', '52:54:00:00:00:01', 'RELATED'],
    ['--frame ffffffffffff525400000002088800', 'type 0x0888', 'ff:ff:ff:ff:ff:ff', 'UNTRACKED'],
  ])('reads %s', async (words, summary, destination, state) => {
    const { out } = await cliDouble()(['trace', '--filter', 'allow-arp', ...words.split(' ')]);
    const [, first, second] = out.split('\n');
    expect([first, second?.replace(/, [0-9]+ bytes/, '')]).toEqual([
      `  ${summary}, sent by the guest`,
      `  52:54:00:00:00:02 > ${destination}, ${state}`,
    ]);
  });

  it('can lie about the MAC address', async () => {
    const cli = await attached();
    const { out } = await cli(['trace', 'vnet0', '--udp', '10.0.0.2:1>10.0.0.9:2', '--mac', '52:54:00:00:00:99']);
    expect(out).toMatch(/^drop by no-mac-spoofing, /);
  });

  it('is data with --json', async () => {
    const cli = await attached();
    const { out } = await cli(['trace', 'vnet0', '--tcp', '10.0.0.2:40000>10.0.0.9:25', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'accept',
      decidedBy: { filter: 'clean-traffic', file: 'filters/clean-traffic.xml', line: 9, action: 'accept' },
      connection: { state: 'NEW', direction: 'original' },
      frame: expect.stringMatching(/^525400000001525400000002080045/),
      path: expect.arrayContaining([expect.objectContaining({ step: 'rule', matched: true })]),
    });
  });

  it.each([
    ['vnet0', 'trace needs one of --frame, --tcp, --udp, --icmp and --arp'],
    [
      'vnet0 --tcp 1.1.1.1:1-2.2.2.2:2 --udp 1.1.1.1:1-2.2.2.2:2',
      'trace needs one of --frame, --tcp, --udp, --icmp and --arp',
    ],
    ['vnet0 --tcp 1.1.1.1:1', "'1.1.1.1:1' has no two ends"],
    ['vnet0 --tcp 1.1.1.1-2.2.2.2', "'1.1.1.1-2.2.2.2' has no two ports"],
    ['vnet0 --tcp 1.1.1.1:70000-2.2.2.2:2', "'1.1.1.1:70000-2.2.2.2:2' has no two ports"],
    ['vnet0 --tcp 1.1.1:1-2.2.2.2:2', "'1.1.1:1' is not an address"],
    ['vnet0 --tcp 1.1.1.1:1-[fd00::1]:2', "'1.1.1.1:1-[fd00::1]:2' goes from one IP version to the other"],
    ['vnet0 --icmp 1.1.1.1-2.2.2.2:300', "'1.1.1.1-2.2.2.2:300' has no ICMP type that can be read"],
    ['vnet0 --arp ask 1.1.1.1-2.2.2.2', '--arp needs request or reply, and the addresses behind it'],
    ['vnet0 --arp reply', '--arp needs request or reply, and the addresses behind it'],
    ['vnet0 --arp reply fd00::1-fd00::2', "'fd00::1-fd00::2' is not two IPv4 addresses"],
    ['vnet0 --frame 52', '--frame is not a whole Ethernet frame'],
    ['vnet0 --frame 5x', '--frame is not pairs of hexadecimal digits'],
    ['vnet0 --icmp 1.1.1.1-2.2.2.2 --state OLD', "'OLD' is not a state"],
    ['vnet0 --icmp 1.1.1.1-2.2.2.2 --direction up', "'up' is not a direction"],
    ['vnet0 vnet1 --icmp 1.1.1.1-2.2.2.2', "unexpected data 'vnet1'"],
    ['--filter allow-arp vnet1 --icmp 1.1.1.1-2.2.2.2', "unexpected data 'vnet1'"],
  ])('refuses %s', async (words, message) => {
    const cli = await attached();
    const { status, out, err } = await cli(['trace', ...words.split(' ')]);
    expect([status, out, err.split('\n')[0]]).toEqual([1, '', `error: ${message}`]);
  });

  it('says which NIC is not bound, and what a filter lacks', async () => {
    expect((await cliDouble()(['trace', 'vnet9', '--icmp', '1.1.1.1-2.2.2.2'])).err).toMatch(
      /^error: Failed to trace vnet9\nerror: Network filter binding not found/,
    );
    expect((await cliDouble()(['trace', '--filter', 'clean-traffic', '--icmp', '1.1.1.1-2.2.2.2'])).err).toMatch(
      /^error: Failed to trace clean-traffic\nfilters\/no-mac-spoofing\.xml:5:22: error: /,
    );
  });
});

describe('traceText', () => {
  const trace = {
    verdict: 'drop',
    decidedBy: undefined,
    malformed: true,
    path: [
      { step: 'enter', layer: 'packets', chain: 'ipv4' } as const,
      { step: 'leave', chain: 'ipv4', how: 'end' } as const,
    ],
    direction: 'in',
    connection: { state: 'INVALID', direction: 'original' },
    frame: new Uint8Array(14),
    summary: 'type ipv4',
  } as const;

  it('speaks of frames that no rule sees, and paints only if asked to', () => {
    const plain = `drop by the kernel, before any rule: no bridge forwards such a frame
  type ipv4, sent to the guest
  00:00:00:00:00:00 > 00:00:00:00:00:00, 14 bytes, INVALID

rules on ipv4 packets
  end of ipv4
`;
    expect(traceText(trace, false)).toBe(plain);
    const painted = traceText(trace, true);
    expect(painted).toContain('\u001B[31mdrop by the kernel');
    expect(painted.replaceAll(/\p{Cc}\[[0-9]+m/gu, '')).toBe(plain);
  });

  it('says that a frame came through all rules', () => {
    expect(traceText({ ...trace, malformed: false, verdict: 'accept' }, false)).toMatch(
      /^accept, for no rule decided\n/,
    );
  });
});
