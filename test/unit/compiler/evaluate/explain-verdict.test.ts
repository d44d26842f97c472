import { describe, expect, it } from 'vitest';
import { newConnection } from '../../../../main/compiler/evaluate/connection-view.ts';
import { describeFrame } from '../../../../main/compiler/evaluate/describe-frame.ts';
import { explainVerdict } from '../../../../main/compiler/evaluate/explain-verdict.ts';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import { resolvePolicy } from '../../../../main/compiler/resolve/resolve-policy.ts';
import { loadBaseFrames } from '../../../conformance/recorded-cases.ts';

const base = loadBaseFrames();

function bytesOf(note: string, dir: 'out' | 'in' = 'out'): Uint8Array {
  const frame = base.find((each) => each.note === note && each.dir === dir);
  if (frame === undefined) throw new Error(`There is no recorded frame "${note}".`);
  return Uint8Array.from(Buffer.from(frame.hex, 'hex'));
}

/** What the last step says of an outgoing frame, for a filter of one rule. */
function because(rule: string, note: string, connection = newConnection): string {
  const filter = parseFilter(`<filter name='f'><rule action='drop' direction='out'>${rule}</rule></filter>`, 'f.xml');
  if (!filter.ok) return JSON.stringify(filter.diagnostics);
  const nic = {
    device: 'vnet0',
    mac: 0x5254_0056_4432n,
    parameters: { IP: ['10.33.8.131', '10.33.8.132'], P: ['80'] },
  };
  const policy = resolvePolicy(filter.value, nic, () => undefined);
  if (!policy.ok) return JSON.stringify(policy.diagnostics);
  const rules = explainVerdict(policy.value, bytesOf(note), 'out', connection).path.flatMap((step) =>
    step.step === 'rule' ? [step] : [],
  );
  return rules.map((step) => `${step.matched ? 'yes' : 'no'}: ${step.because}`).join('; ');
}

describe('explainVerdict', () => {
  it.each([
    ['', 'arp op 1', 'yes: anything'],
    ["<mac srcmacaddr='$MAC'/>", 'arp op 1', 'yes: source MAC $MAC (52:54:00:56:44:32)'],
    [
      "<mac match='no' srcmacaddr='$MAC'/>",
      'arp op 1',
      'no: source MAC 52:54:00:56:44:32, wanted not $MAC (52:54:00:56:44:32)',
    ],
    ["<mac protocolid='0x88cc'/>", 'ethertype 0x88cc', 'yes: type 0x88cc'],
    ["<vlan vlanid='10'/>", 'vlan 10 ipv4', 'yes: type vlan, VLAN 10'],
    ["<arp opcode='2'/>", 'arp op 1', 'no: ARP opcode Request, wanted Reply'],
    ["<arp arpsrcipaddr='$IP'/>", 'arp ip lie', 'no: ARP sender IP 10.33.77.77, wanted $IP (10.33.8.131, 10.33.8.132)'],
    ["<arp gratuitous='true'/>", 'gratuitous arp', 'yes: type arp, ARP target IP the sender IP'],
    ["<arp gratuitous='true'/>", 'arp op 1', 'no: ARP target IP 10.33.0.9, wanted the sender IP'],
    [
      "<ip srcipaddr='10.33.0.0' srcipmask='16' protocol='tcp' dstportstart='80' dstportend='90'/>",
      'tcp to 80',
      'yes: type ipv4, source IP 10.33.0.0/16, protocol tcp, destination port 80-90',
    ],
    ["<ip protocol='udp'/>", 'tcp to 80', 'no: protocol tcp, wanted udp'],
    ["<ipv6 protocol='icmpv6' type='135'/>", 'icmpv6 type 128', 'no: ICMP type 128, wanted 135'],
    ["<tcp dstportstart='$P'/>", 'tcp to 443', 'no: destination port 443, wanted $P (80)'],
    ["<tcp flags='SYN,ACK/ACK'/>", 'tcp to 80', 'no: TCP flags SYN, wanted SYN,ACK/ACK'],
    ["<tcp option='5'/>", 'tcp to 80', 'no: no TCP option 5'],
    ["<tcp state='ESTABLISHED'/>", 'tcp to 80', 'no: state NEW, wanted ESTABLISHED'],
    ["<icmp type='8' code='0'/>", 'icmp type 8', 'yes: protocol icmp, ICMP type/code 8/0'],
    ["<icmp type='8'/>", 'icmp type 0', 'no: ICMP type 0, wanted 8'],
    ["<tcp ipset='blocked' ipsetflags='src'/>", 'tcp to 80', 'no: ipset blocked was not asked, wanted with src'],
  ])('says of %s and "%s": %s', (rule, note, expected) => {
    expect(because(rule, note)).toBe(expected);
  });

  it('says that the kernel drops a frame with a broken IP header before any rule', () => {
    const bytes = bytesOf('tcp plain');
    bytes[24] = 0;
    const policy = resolvePolicy(
      { name: 'f', uuid: undefined, chain: 'root', priority: 0, prioritySpecified: false, entries: [], span },
      { device: 'vnet0', mac: undefined, parameters: {} },
      () => undefined,
    );
    if (!policy.ok) throw new Error('An empty filter always resolves.');
    expect(explainVerdict(policy.value, bytes, 'out', newConnection)).toMatchObject({
      verdict: 'drop',
      malformed: true,
      decidedBy: undefined,
    });
  });
});

const span = { file: 'f.xml', line: 1, column: 1, length: 0 };

describe('describeFrame', () => {
  it.each([
    ['tcp to 80', 'tcp 10.33.8.131:41080 > 10.33.0.9:80'],
    ['icmp type 8', 'icmp 10.33.8.131 > 10.33.0.9, type 8 code 0'],
    ['icmpv6 type 128', 'icmpv6 fd00:33::131 > fd00:33::9, type 128 code 0'],
    ['udp-ipv6 plain', 'udp [fd00:33::131]:40000 > [fd00:33::9]:80'],
    ['arp op 1', 'arp Request 10.33.8.131 > 10.33.0.9'],
    ['vlan 10 arp', 'vlan 10 arp'],
    ['ethertype 0x88cc', 'type 0x88cc'],
  ])('calls "%s" %s', (note, expected) => {
    expect(describeFrame(bytesOf(note))).toBe(expected);
  });

  it('says what there is of every recorded frame, and of none at all', () => {
    for (const { hex } of base)
      expect(describeFrame(Uint8Array.from(Buffer.from(hex, 'hex')))).not.toMatch(/undefined/);
    expect(describeFrame(new Uint8Array())).toBe('type no type');
  });
});
