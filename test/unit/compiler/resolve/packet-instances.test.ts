import { describe, expect, test } from 'vitest';
import { directions, ipFamilies } from '../../../../main/compiler/policy/policy.ts';
import { expectPolicy } from './resolve.ts';
import { showTests } from './show-test.ts';

/** What a rule becomes: one line for each direction in which it stands, `out: tests`. */
function instances(element: string, attributes = "action='accept' direction='out'"): readonly string[] {
  const { packets } = expectPolicy({ top: `<rule ${attributes}>${element}</rule>` });
  return directions.flatMap((direction) =>
    ipFamilies.flatMap((family) => packets[direction][family].map((rule) => `${direction}: ${showTests(rule)}`.trim())),
  );
}

const web = "<tcp dstportstart='80'/>";
const there = 'transport-protocol=6 destination-port=80';
const back = 'transport-protocol=6 source-port=80';

describe('directions and connection state of <tcp dstportstart=80/>', () => {
  test.each([
    ["action='accept' direction='out'", [`out: ${there} NEW,ESTABLISHED original`, `in: ${back} ESTABLISHED reply`]],
    ["action='accept' direction='in'", [`out: ${back} ESTABLISHED reply`, `in: ${there} NEW,ESTABLISHED original`]],
    ["action='accept' direction='inout'", [`out: ${back}`, `in: ${there}`]],
    ["action='drop' direction='out'", [`out: ${there}`, `in: ${back}`]],
    ["action='drop' direction='in'", [`out: ${back}`, `in: ${there}`]],
    ["action='drop' direction='inout'", [`out: ${back}`, `in: ${there}`]],
    ["action='reject' direction='out'", [`out: ${there}`, `in: ${back}`]],
    ["action='return' direction='out'", [`out: ${there}`, `in: ${back}`]],
    ["action='continue' direction='out'", [`out: ${there}`, `in: ${back}`]],
    ["action='accept' direction='out' statematch='false'", [`out: ${there}`, `in: ${back}`]],
    ["action='accept' direction='in' statematch='0'", [`out: ${back}`, `in: ${there}`]],
    ["action='accept' direction='inout' statematch='false'", [`out: ${back}`, `in: ${there}`]],
  ])('%s', (attributes, expected) => {
    expect(instances(web, attributes)).toEqual(expected);
  });
});

describe('state', () => {
  const stateful = (state: string) => `<tcp dstportstart='80' state='${state}'/>`;
  test.each([
    ["action='accept' direction='out'", 'NEW', [`out: ${there} NEW`]],
    ["action='accept' direction='in'", 'ESTABLISHED,RELATED', [`in: ${there} ESTABLISHED,RELATED`]],
    ["action='drop' direction='out'", 'INVALID', [`out: ${there} INVALID`]],
    ["action='accept' direction='inout'", 'NEW', [`out: ${back} NEW`, `in: ${there} NEW`]],
    ["action='accept' direction='out'", 'NONE', [`out: ${there}`]],
    ["action='drop' direction='inout'", 'NONE', [`out: ${back}`, `in: ${there}`]],
  ])('%s state=%s stands in its own directions, with no other condition', (attributes, state, expected) => {
    expect(instances(stateful(state), attributes)).toEqual(expected);
  });

  test('is never negated', () => {
    expect(instances("<tcp match='no' state='NEW'/>")).toEqual(['out: transport-protocol=6 NEW']);
  });
});

describe('ICMP types have no reverse: an answer has another type', () => {
  test.each([
    [
      'a type, accept out',
      "<icmp type='8'/>",
      "action='accept' direction='out'",
      ['out: transport-protocol=1 icmp=8:0..255 NEW,ESTABLISHED'],
    ],
    [
      'a type and a code, drop in',
      "<icmp type='8' code='0'/>",
      "action='drop' direction='in'",
      ['in: transport-protocol=1 icmp=8:0'],
    ],
    ['a code alone', "<icmp code='3'/>", "action='drop' direction='out'", ['out: transport-protocol=1 icmp=0..255:3']],
    [
      'a type, inout: both ways, as written',
      "<icmp type='8'/>",
      "action='accept' direction='inout'",
      ['out: transport-protocol=1 icmp=8:0..255', 'in: transport-protocol=1 icmp=8:0..255'],
    ],
    [
      'no type',
      '<icmp/>',
      "action='accept' direction='out'",
      ['out: transport-protocol=1 NEW,ESTABLISHED original', 'in: transport-protocol=1 ESTABLISHED reply'],
    ],
    [
      'ICMPv6',
      "<icmpv6 type='128'/>",
      "action='accept' direction='in'",
      ['in: transport-protocol=58 icmp=128:0..255 NEW,ESTABLISHED'],
    ],
    [
      'with a state',
      "<icmp type='8' state='NEW'/>",
      "action='accept' direction='out'",
      ['out: transport-protocol=1 icmp=8:0..255 NEW'],
    ],
  ])('%s', (_, element, attributes, expected) => {
    expect(instances(element, attributes)).toEqual(expected);
  });
});

describe('connlimit-above counts what is opened, so it has no reverse and no state of its own', () => {
  const limited = "<tcp dstportstart='80' connlimit-above='2'/>";
  test.each([
    ["action='accept' direction='out'", limited, [`out: ${there} connections>2`]],
    ["action='drop' direction='in'", limited, [`in: ${there} connections>2`]],
    ["action='drop' direction='inout'", limited, [`in: ${there} connections>2`]],
    [
      "action='accept' direction='out'",
      "<tcp connlimit-above='2' state='NEW'/>",
      ['out: transport-protocol=6 NEW connections>2'],
    ],
    [
      "action='accept' direction='inout'",
      "<tcp connlimit-above='2' state='NEW'/>",
      ['in: transport-protocol=6 NEW connections>2'],
    ],
    [
      "action='drop' direction='out'",
      "<tcp match='no' connlimit-above='2'/>",
      ['out: transport-protocol=6 !connections>2'],
    ],
  ])('%s %s', (attributes, element, expected) => {
    expect(instances(element, attributes)).toEqual(expected);
  });
});

describe('MAC addresses are those of the rule itself: an answer comes from another machine', () => {
  const mac = "srcmacaddr='52:54:00:00:00:01'";
  const address = 'ether-source=0x525400000001';
  test.each([
    [
      'beside something else',
      `<tcp ${mac} dstportstart='80'/>`,
      "action='drop' direction='out'",
      [`out: transport-protocol=6 ${address} destination-port=80`, `in: ${back}`],
    ],
    [
      'alone: reversed, nothing would be left',
      `<tcp ${mac}/>`,
      "action='drop' direction='out'",
      [`out: transport-protocol=6 ${address}`],
    ],
    ['alone, inout', `<all ${mac}/>`, "action='accept' direction='inout'", [`in: ${address}`]],
    [
      'negated',
      `<udp match='no' ${mac}/>`,
      "action='drop' direction='out'",
      [`out: transport-protocol=17 !${address}`],
    ],
    [
      'with a mask, and a destination',
      "<icmp srcmacaddr='52:54:00:00:00:01' srcmacmask='ff:ff:ff:00:00:00' dstmacaddr='52:54:00:00:00:02'/>",
      "action='drop' direction='out'",
      ['out: transport-protocol=1 ether-source=0x525400000001/0xffffff000000 ether-destination=0x525400000002'],
    ],
  ])('%s', (_, element, attributes, expected) => {
    expect(instances(element, attributes)).toEqual(expected);
  });
});

describe('headers', () => {
  const dropOut = "action='drop' direction='out'";
  const outward = (element: string): string => instances(element, dropOut)[0] ?? '';
  const inward = (element: string): string => instances(element, dropOut)[1] ?? '';

  test.each([
    ['tcp', 6],
    ['udp', 17],
    ['udplite', 136],
    ['sctp', 132],
    ['icmp', 1],
    ['igmp', 2],
    ['esp', 50],
    ['ah', 51],
    ['tcp-ipv6', 6],
    ['udp-ipv6', 17],
    ['udplite-ipv6', 136],
    ['sctp-ipv6', 132],
    ['icmpv6', 58],
    ['esp-ipv6', 50],
    ['ah-ipv6', 51],
  ])('<%s/> is protocol %i', (name, number) => {
    expect(instances(`<${name}/>`, dropOut)).toEqual([
      `out: transport-protocol=${number}`,
      `in: transport-protocol=${number}`,
    ]);
  });

  test.each([
    ['all', 'ipv4'],
    ['all-ipv6', 'ipv6'],
  ] as const)('<%s/> is every packet of its family', (name, family) => {
    const { packets } = expectPolicy({ top: `<rule ${dropOut}><${name}/></rule>` });
    expect(packets.out[family].map(showTests)).toEqual(['']);
    expect(packets.out[family === 'ipv4' ? 'ipv6' : 'ipv4']).toEqual([]);
  });

  test.each([
    ['an address', "<all srcipaddr='10.0.0.1'/>", 'ip-source=0xa000001', 'ip-destination=0xa000001'],
    [
      'a net',
      "<all dstipaddr='10.0.0.0' dstipmask='8'/>",
      'ip-destination=0xa000000/0xff000000',
      'ip-source=0xa000000/0xff000000',
    ],
    [
      'a range',
      "<all srcipfrom='10.0.0.1' srcipto='10.0.0.9'/>",
      'ip-source=0xa000001..0xa000009',
      'ip-destination=0xa000001..0xa000009',
    ],
    ['the start of a range alone', "<all srcipfrom='10.0.0.1'/>", 'ip-source=0xa000001', 'ip-destination=0xa000001'],
    [
      'an address before a range',
      "<all srcipaddr='10.0.0.1' srcipfrom='10.0.0.2'/>",
      'ip-source=0xa000001',
      'ip-destination=0xa000001',
    ],
    ['the end of a range alone', "<all srcipto='10.0.0.9'/>", '', ''],
    [
      'an IPv6 address',
      "<all-ipv6 dstipaddr='fd00::1'/>",
      'ip6-destination=0xfd000000000000000000000000000001',
      'ip6-source=0xfd000000000000000000000000000001',
    ],
    ['DSCP', "<all dscp='46'/>", 'ip-dscp=46', 'ip-dscp=46'],
    ['DSCP of IPv6', "<all-ipv6 dscp='46'/>", 'ip6-dscp=46', 'ip6-dscp=46'],
    [
      'ports',
      "<tcp srcportstart='1' dstportstart='2' dstportend='3'/>",
      'transport-protocol=6 source-port=1 destination-port=2..3',
      'transport-protocol=6 source-port=2..3 destination-port=1',
    ],
    ['the end of a port range alone', "<tcp dstportend='3'/>", 'transport-protocol=6', 'transport-protocol=6'],
    ['flags', "<tcp flags='SYN,ACK/SYN'/>", 'transport-protocol=6 flags=18/2', 'transport-protocol=6 flags=18/2'],
    ['an option', "<tcp option='2'/>", 'transport-protocol=6 option=2', 'transport-protocol=6 option=2'],
    [
      'each attribute negated',
      "<tcp match='no' srcipaddr='10.0.0.1' dstportstart='2' dscp='1'/>",
      'transport-protocol=6 !ip-source=0xa000001 !ip-dscp=1 !destination-port=2',
      'transport-protocol=6 !ip-destination=0xa000001 !ip-dscp=1 !source-port=2',
    ],
    [
      'several elements, each with its sign',
      "<tcp srcportstart='1'/><tcp match='no' dstportstart='2'/>",
      'transport-protocol=6 source-port=1 !destination-port=2',
      'transport-protocol=6 !source-port=2 destination-port=1',
    ],
    ['a comment', "<tcp comment='why'/>", 'transport-protocol=6', 'transport-protocol=6'],
    ['an ipset', "<all ipset='s' ipsetflags='src,dst'/>", 'set=s(src,dst)', 'set=s(dst,src)'],
    ['an ipset without flags', "<all ipset='s'/>", 'set=s(src)', 'set=s(dst)'],
  ])('%s', (_, element, out, into) => {
    expect([outward(element), inward(element)]).toEqual([`out: ${out}`.trim(), `in: ${into}`.trim()]);
  });
});
