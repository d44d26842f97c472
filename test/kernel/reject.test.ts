import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { resolveCase } from '../conformance/resolve-case.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { putInForce } from './rig/put-in-force.ts';
import { runTool } from './rig/run-tool.ts';

const guestMac = '52:54:00:56:44:32';
const frames = new Map(loadBaseFrames().map((frame) => [`${frame.dir} ${frame.note}`, frame.hex]));
let bench: Bench;

const inBench = (program: string, ...args: readonly string[]): void => {
  bench.namespace.run(() => runTool(program, args));
};

/** What the kernel sends to the guest within the time, as hexadecimal digits. */
function answers(): readonly string[] {
  const found: string[] = [];
  for (let frame = bench.guest.read(100); frame; frame = bench.guest.read(100)) found.push(frame.toString('hex'));
  return found;
}

function reject(protocol: string): void {
  const rule = `<rule action='reject' direction='out'><${protocol}/></rule>`;
  const resolved = resolveCase({
    name: protocol,
    filter: 'rejecting',
    mac: guestMac,
    params: {},
    filters: { rejecting: `<filter name='rejecting'>${rule}</filter>` },
  });
  if (!resolved.ok) throw new Error(`${protocol} was refused`);
  putInForce(bench, [resolved.value]);
}

beforeAll(() => {
  bench = createBench();
  // Answers by ICMP are routed: the host needs an address on the bridge, and the guest's hardware address.
  inBench('/usr/sbin/sysctl', '-q', 'net.ipv6.conf.br0.disable_ipv6=0');
  inBench('/usr/sbin/ip', 'address', 'add', 'fd00:33::1/64', 'dev', 'br0', 'nodad');
  inBench('/usr/sbin/ip', 'neighbour', 'replace', '10.33.8.131', 'lladdr', guestMac, 'dev', 'br0');
  inBench('/usr/sbin/ip', 'neighbour', 'replace', 'fd00:33::131', 'lladdr', guestMac, 'dev', 'br0');
});

afterAll(() => {
  bench.destroy();
});

/** Parts of the answer in the order of the frame: EtherType, IP protocol, and what says that it is the right answer. */
const cases = [
  {
    protocol: 'tcp',
    frame: 'out tcp plain',
    says: 'a reset from the address that was asked',
    answer: /0800.{18}06.{4}0a2100090a2108830050.{4}.{16}5014/,
  },
  {
    protocol: 'all',
    frame: 'out tcp plain',
    says: 'a reset for TCP among all protocols',
    answer: /0800.{18}06.{4}0a2100090a2108830050.{4}.{16}5014/,
  },
  {
    protocol: 'udp',
    frame: 'out udp plain',
    says: 'port unreachable by ICMP',
    answer: /0800.{18}01.{4}0a2100010a2108830303/,
  },
  {
    protocol: 'all',
    frame: 'out icmp plain',
    says: 'port unreachable by ICMP for what has no ports',
    answer: /0800.{18}01.{4}0a2100010a2108830303/,
  },
  {
    protocol: 'tcp-ipv6',
    frame: 'out tcp-ipv6 plain',
    says: 'a reset over IPv6',
    answer: /86dd.{12}06.{66}0050.{4}.{16}5014/,
  },
  {
    protocol: 'udp-ipv6',
    frame: 'out udp-ipv6 plain',
    says: 'port unreachable by ICMPv6',
    answer: /86dd.{12}3a.{66}0104/,
  },
];

describe('a rejected packet is dropped, and its sender told', () => {
  test.each(cases)('$protocol, $frame: $says', ({ protocol, frame, answer }) => {
    reject(protocol);
    const hex = frames.get(frame) as string;
    answers();
    expect(bench.verdict({ dir: 'out', hex })).toBe('D');
    bench.flushConntrack();
    answers();
    bench.guest.write(Buffer.from(hex, 'hex'));
    expect(answers()).toContainEqual(expect.stringMatching(answer));
  });

  test('a frame that is no packet is dropped without an answer', () => {
    reject('arp');
    answers();
    bench.guest.write(Buffer.from(frames.get('out arp op 1') as string, 'hex'));
    // The bridge speaks to groups on its own account; an answer would be for the guest alone.
    const toGuest = answers().filter((hex) => hex.startsWith(guestMac.replaceAll(':', '')));
    expect(toGuest).toEqual([]);
  });
});
