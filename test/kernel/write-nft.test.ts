import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkPlan } from '../../shared/plan/check-plan.ts';
import type { Field } from '../../shared/plan/fields.ts';
import type { Operation, Plan } from '../../shared/plan/plan.ts';
import { emptyRuleset, type Match, type Rule } from '../../shared/plan/ruleset.ts';
import { shapeOf } from '../../shared/plan/shape.ts';
import { writeNft } from '../../shared/plan/write-nft.ts';
import { type Bench, createBench, guestPort } from './rig/bench.ts';
import { runTool } from './rig/run-tool.ts';

let bench: Bench;

beforeEach(() => {
  bench = createBench();
});

afterEach(() => {
  bench.destroy();
});

const family = 'bridge';
const mac = { guest: '525400000001', peer: '525400000002' };
/** TCP 10.0.0.1:4660 > 10.0.0.2:22, DSCP 10, SYN. */
const tcp =
  `${mac.peer}${mac.guest}0800` +
  '4528002800010000400666a50a0000010a000002' +
  '1234001600000001000000005002040000000000';
/** ARP reply, 10.0.0.1 is at the guest. */
const arpBody = `0001080006040002${mac.guest}0a000001${mac.peer}0a000002`;
const arp = `${mac.peer}${mac.guest}0806${arpBody.padEnd(92, '0')}`;
/** Neighbour solicitation, DSCP 10. */
const nd =
  `${mac.peer}${mac.guest}86dd` +
  `6280000000183aff${'fe80'.padEnd(31, '0')}1${'ff02'.padEnd(31, '0')}2` +
  '87000000000000000000000000000000000000000000000a';
/** The TCP frame with an 802.1Q tag of VLAN 100. */
const vlan = tcp.replace(/^(.{24})/, '$181000064');

/** Loads rules that drop what they match, as a plan would; the guest's port is what stands in the sets. */
function load(matches: readonly Match[], sets: readonly Operation[] = []): void {
  const rule: Rule = { matches: [...matches], counter: true, statement: { do: 'drop' } };
  const operations: readonly Operation[] = [
    ...sets,
    { op: 'add-chain', family, chain: 'tried', content: { base: 'frames-out', rules: [rule] } },
  ];
  const plan: Plan = { version: 1, base: 0, bridgeNetfilter: false, operations: [...operations], definitions: [] };
  expect(checkPlan(plan, shapeOf(emptyRuleset))).toMatchObject({ ok: true });
  const { text } = writeNft(operations, { generation: 1, marker: '1 a', forgotten: [], fresh: true });
  bench.namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], text));
}

const drops = (hex: string) => bench.verdict({ dir: 'out', hex }) === 'D';

const etherType = (value: number): Match => ({
  match: 'compare',
  field: 'ether type',
  operator: '==',
  value: `${value}`,
});
const protocol = (number: number): Match => ({
  match: 'compare',
  field: 'ip protocol',
  operator: '==',
  value: `${number}`,
});
const raw = (header: 'll' | 'nh' | 'th', offset: number, length: number): Field => ({ raw: header, offset, length });

/** Fields that a frame has, with the value it has there. */
const rows: readonly (readonly [
  name: string,
  frame: string,
  before: readonly Match[],
  fields: readonly Field[],
  values: readonly string[],
])[] = [
  ['MAC addresses', tcp, [], ['ether saddr', 'ether daddr'], ['52:54:00:00:00:01', '52:54:00:00:00:02']],
  ['an EtherType', arp, [], ['ether type'], ['2054']],
  ['a VLAN and what it carries', vlan, [etherType(0x8100)], ['vlan id', 'vlan type'], ['100', '2048']],
  [
    'numbers of ARP',
    arp,
    [etherType(0x806)],
    ['arp htype', 'arp ptype', 'arp hlen', 'arp plen'],
    ['1', '2048', '6', '4'],
  ],
  ['an ARP operation', arp, [etherType(0x806)], ['arp operation', 'arp saddr ether'], ['2', '52:54:00:00:00:01']],
  [
    'addresses of ARP',
    arp,
    [etherType(0x806)],
    ['arp saddr ip', 'arp daddr ip', 'arp daddr ether'],
    ['10.0.0.1', '10.0.0.2', '52:54:00:00:00:02'],
  ],
  ['IPv4 addresses', tcp, [etherType(0x800)], ['ip saddr', 'ip daddr', 'ip protocol'], ['10.0.0.1', '10.0.0.2', '6']],
  ['DSCP', tcp, [etherType(0x800)], ['ip dscp'], ['10']],
  ['ports', tcp, [etherType(0x800), protocol(6)], ['th sport', 'th dport'], ['4660', '22']],
  ['IPv6 addresses', nd, [etherType(0x86dd)], ['ip6 saddr', 'ip6 daddr'], ['fe80::1', 'ff02::2']],
  ['an ICMPv6 type', nd, [etherType(0x86dd)], ['meta l4proto', 'icmpv6 type', 'icmpv6 code'], ['58', '135', '0']],
  ['raw bytes', arp, [etherType(0x806)], [raw('nh', 64, 48), raw('nh', 112, 32)], ['0x525400000001', '0xa000001']],
  ['raw bytes beside a MAC', arp, [], ['ether saddr', raw('nh', 64, 48)], ['52:54:00:00:00:01', '0x525400000001']],
  [
    'raw bytes between addresses',
    tcp,
    [etherType(0x800)],
    ['ip saddr', raw('nh', 64, 8), 'ip daddr'],
    ['10.0.0.1', '0x40', '10.0.0.2'],
  ],
  ['sixteen raw bytes', nd, [etherType(0x86dd)], [raw('th', 64, 128)], ['0xa']],
  ['raw bits of a byte', tcp, [etherType(0x800)], [raw('nh', 4, 4)], ['0x5']],
  ['raw bits up to the end of a byte', vlan, [], [raw('ll', 116, 12)], ['0x64']],
  ['raw bytes of the transport header', tcp, [etherType(0x800), protocol(6)], [raw('th', 16, 16)], ['0x16']],
];

/** The same values but for the last digit of the last one, which is not what the frame has. */
function others(values: readonly string[]): readonly string[] {
  return values.map((value, index) =>
    index < values.length - 1 ? value : value.replace(/.$/, (digit) => (digit === '7' ? '3' : '7')),
  );
}

describe('a field', () => {
  it.each(rows)('as %s is found in a set and told from others', (_, frame, before, fields, values) => {
    const definition = { kind: 'values', key: 'ifname', fields: [...fields] } as const;
    const setOf = (elements: readonly string[], port: string): readonly Operation[] => [
      { op: 'add-set', family, set: 'looked_up', definition: { ...definition, fields: [...fields] } },
      { op: 'add-elements', family, set: 'looked_up', elements: [{ port, values: [...elements] }] },
    ];
    const lookup = (negated: boolean): Match => ({
      match: 'lookup',
      key: 'iifname',
      fields: [...fields],
      set: 'looked_up',
      negated,
    });

    load([...before, lookup(false)], setOf(values, guestPort));
    expect([drops(frame), 'in the set']).toEqual([true, 'in the set']);
    load([...before, lookup(true)], setOf(values, guestPort));
    expect([drops(frame), 'not in the set']).toEqual([false, 'not in the set']);
    load([...before, lookup(false)], setOf(others(values), guestPort));
    expect([drops(frame), 'another value']).toEqual([false, 'another value']);
    load([...before, lookup(false)], setOf(values, 'vnet9'));
    expect([drops(frame), 'another port']).toEqual([false, 'another port']);
  });

  it.each(rows)('as %s is compared', (_, frame, before, fields, values) => {
    const compared = (operator: '==' | '!=', wanted: readonly string[]): readonly Match[] =>
      fields.map((field, index) => ({ match: 'compare', field, operator, value: wanted[index] ?? '' }));
    load([...before, ...compared('==', values)]);
    expect([drops(frame), 'equal']).toEqual([true, 'equal']);
    load([...before, ...compared('!=', values)]);
    expect([drops(frame), 'unequal']).toEqual([false, 'unequal']);
    load([...before, ...compared('==', others(values))]);
    expect([drops(frame), 'equal to another']).toEqual([false, 'equal to another']);
  });

  it('of IPv6, the DSCP, is compared, though no set can hold it', () => {
    load([etherType(0x86dd), { match: 'compare', field: 'ip6 dscp', operator: '==', value: '10' }]);
    expect(drops(nd)).toBe(true);
    load([etherType(0x86dd), { match: 'compare', field: 'ip6 dscp', operator: '!=', value: '10' }]);
    expect(drops(nd)).toBe(false);
    load([etherType(0x86dd), { match: 'range', field: 'ip6 dscp', operator: '==', low: '9', high: '11' }]);
    expect(drops(nd)).toBe(true);
  });

  it('matches within a mask, and in a range', () => {
    load([
      etherType(0x800),
      { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.0', mask: '255.0.255.0' },
    ]);
    expect(drops(tcp)).toBe(true);
    load([
      { match: 'compare', field: 'ether saddr', operator: '!=', value: '52:54:00:00:00:00', mask: 'ff:ff:ff:00:00:00' },
    ]);
    expect(drops(tcp)).toBe(false);
    load([
      etherType(0x806),
      { match: 'compare', field: raw('nh', 64, 48), operator: '==', value: '0x525400000000', mask: '0xffffff000000' },
    ]);
    expect(drops(arp)).toBe(true);
    load([etherType(0x800), { match: 'range', field: 'ip saddr', operator: '==', low: '10.0.0.1', high: '10.0.0.1' }]);
    expect(drops(tcp)).toBe(true);
    load([etherType(0x800), { match: 'range', field: 'ip saddr', operator: '!=', low: '10.0.0.0', high: '10.0.0.9' }]);
    expect(drops(tcp)).toBe(false);
  });

  it('is compared with another byte of the frame', () => {
    const same = (negated: boolean): Match => ({
      match: 'same-byte',
      left: { raw: 'nh', offset: 104, length: 8 },
      right: { raw: 'll', offset: 88, length: 8 },
      negated,
    });
    load([etherType(0x806), same(false)]);
    expect(drops(arp)).toBe(true);
    load([etherType(0x806), same(true)]);
    expect(drops(arp)).toBe(false);
    expect(drops(arp.replace(`0002${mac.guest}`, '0002525400000009'))).toBe(true);
  });

  it('is one of the frame as it was sent: what a tag wraps is not looked into', () => {
    load([etherType(0x800), { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.1' }]);
    expect([drops(tcp), drops(vlan)]).toEqual([true, false]);
  });

  it('of TCP is its flags and options', () => {
    const syn = (flags: number): Match => ({ match: 'tcp-flags', operator: '==', mask: 0x12, flags });
    load([etherType(0x800), protocol(6), syn(0x02)]);
    expect(drops(tcp)).toBe(true);
    load([etherType(0x800), protocol(6), syn(0x10)]);
    expect(drops(tcp)).toBe(false);
    load([etherType(0x800), protocol(6), { match: 'tcp-option', number: 2, present: false }]);
    expect(drops(tcp)).toBe(true);
  });
});
