import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../../main/compiler/policy/policy.ts';
import { expectPolicy } from './resolve.ts';
import { showTests } from './show-test.ts';

/** The tests of a rule's one instance in a direction. */
function testsOf(element: string, direction: Direction = 'out', written: string = direction): string {
  const { frames } = expectPolicy({ top: `<rule action='drop' direction='${written}'>${element}</rule>` });
  const [rule, ...more] = frames[direction].root;
  if (rule === undefined || 'chain' in rule || more.length > 0) throw new Error('One rule is wanted.');
  return showTests(rule);
}

const guest = '52:54:00:00:00:01';
const peer = '52:54:00:00:00:02';
const bpdu = 'ether-destination=0x180c2000000';
const header = 'stp-header=0x4242030000';
const ipv4Guards = 'arp-protocol-type=2048 arp-protocol-length=4 arp-hardware-length=6';
const etherGuards = 'arp-hardware-type=1 arp-hardware-length=6';

describe('attributes become tests', () => {
  test.each([
    ['every frame', '', ''],
    ['mac', '<mac/>', ''],
    ['a MAC address', `<mac srcmacaddr='${guest}'/>`, 'ether-source=0x525400000001'],
    [
      'one under a mask',
      `<mac dstmacaddr='${guest}' dstmacmask='ff:ff:ff:00:00:00'/>`,
      'ether-destination=0x525400000001/0xffffff000000',
    ],
    ['a mask without an address', "<mac dstmacmask='ff:ff:ff:00:00:00'/>", ''],
    ['an EtherType by name', "<mac protocolid='arp'/>", 'ether-type=2054'],
    ['an EtherType by number', "<mac protocolid='0x88cc'/>", 'ether-type=35020'],
    ['vlan', '<vlan/>', 'ether-type=33024'],
    [
      'vlan with its numbers',
      "<vlan vlanid='10' encap-protocol='ipv4'/>",
      'ether-type=33024 vlan-id=10 vlan-type=2048',
    ],
    ['stp', '<stp/>', bpdu],
    ['the type of a BPDU', "<stp type='128'/>", `${bpdu} ${header} stp-type=128`],
    ["a configuration's field", "<stp flags='1'/>", `${bpdu} ${header} stp-type=0 stp-flags=1`],
    [
      'the others, as ranges and under masks',
      `<stp root-priority='1' root-priority-hi='2' root-address='${guest}' root-address-mask='ff:ff:ff:00:00:00' root-cost='3' age='4' hello-time='5' hello-time-hi='6'/>`,
      `${bpdu} ${header} stp-type=0 stp-root-priority=1..2 stp-root-address=0x525400000001/0xffffff000000 stp-root-cost=3 stp-age=4 stp-hello-time=5..6`,
    ],
    ['arp', '<arp/>', 'ether-type=2054'],
    ['rarp', '<rarp/>', 'ether-type=32821'],
    [
      "ARP's types and opcode",
      "<arp hwtype='1' protocoltype='0x800' opcode='Reply'/>",
      'ether-type=2054 arp-hardware-type=1 arp-opcode=2 arp-protocol-type=2048',
    ],
    [
      "ARP's addresses, where they are four bytes",
      "<arp arpsrcipaddr='10.0.0.1'/>",
      `ether-type=2054 ${ipv4Guards} arp-sender-ip=0xa000001`,
    ],
    [
      'under a mask',
      "<rarp arpdstipaddr='10.0.0.0' arpdstipmask='8'/>",
      `ether-type=32821 ${ipv4Guards} arp-target-ip=0xa000000/0xff000000`,
    ],
    [
      'a mask that is for the other address',
      "<arp arpsrcipaddr='10.0.0.0' arpsrcipmask='8' arpdstipaddr='10.0.0.1'/>",
      `ether-type=2054 ${ipv4Guards} arp-sender-ip=0xa000000/0xff000000 arp-target-ip=0xa000001`,
    ],
    [
      "ARP's MAC addresses, where they are six bytes",
      `<arp arpsrcmacaddr='${guest}' arpdstmacaddr='${peer}'/>`,
      `ether-type=2054 ${etherGuards} arp-sender-mac=0x525400000001 arp-target-mac=0x525400000002`,
    ],
    ['gratuitous', "<arp gratuitous='true'/>", `ether-type=2054 ${ipv4Guards} gratuitous`],
    ['gratuitous, not asked for', "<arp gratuitous='false'/>", 'ether-type=2054'],
    ['ip', '<ip/>', 'ether-type=2048'],
    [
      'ip with everything',
      "<ip srcipaddr='10.0.0.1' dstipaddr='10.0.0.0' dstipmask='8' protocol='udp' srcportstart='1' dstportstart='2' dstportend='3' dscp='46'/>",
      'ether-type=2048 ip-source=0xa000001 ip-destination=0xa000000/0xff000000 ip-protocol=17 source-port=1 destination-port=2..3 ip-dscp=46',
    ],
    ['ipv6', '<ipv6/>', 'ether-type=34525'],
    [
      'ipv6 with ports',
      "<ipv6 protocol='tcp' dstportstart='80'/>",
      'ether-type=34525 transport-protocol=6 destination-port=80',
    ],
    [
      'ICMPv6 types',
      "<ipv6 protocol='icmpv6' type='133' typeend='136'/>",
      'ether-type=34525 transport-protocol=58 icmp=133..136:0..255',
    ],
    [
      'the end of a type range alone',
      "<ipv6 protocol='icmpv6' typeend='4'/>",
      'ether-type=34525 transport-protocol=58 icmp=0..4:0..255',
    ],
    ['a code alone', "<ipv6 protocol='icmpv6' code='1'/>", 'ether-type=34525 transport-protocol=58 icmp=0..255:1'],
    ['a comment', "<ip comment='why'/>", 'ether-type=2048'],
  ])('%s', (_, element, expected) => {
    expect(testsOf(element)).toBe(expected);
  });
});

describe("match='no' negates each attribute, never the protocol nor what guards it", () => {
  test.each([
    ["<mac match='no'/>", ''],
    ["<mac match='no' protocolid='arp'/>", '!ether-type=2054'],
    ["<vlan match='no' vlanid='10'/>", 'ether-type=33024 !vlan-id=10'],
    ["<stp match='no' root-cost='3' root-cost-hi='5'/>", `${bpdu} ${header} stp-type=0 !stp-root-cost=3..5`],
    ["<stp match='no' type='128'/>", `${bpdu} ${header} !stp-type=128`],
    [
      "<arp match='no' arpsrcipaddr='10.0.0.1' opcode='1'/>",
      `ether-type=2054 !arp-opcode=1 ${ipv4Guards} !arp-sender-ip=0xa000001`,
    ],
    ["<arp match='no' gratuitous='true'/>", `ether-type=2054 ${ipv4Guards} !gratuitous`],
    ["<ip match='no' srcipaddr='10.0.0.0' srcipmask='8'/>", 'ether-type=2048 !ip-source=0xa000000/0xff000000'],
    [
      "<ip srcipaddr='10.0.0.1'/><ip match='no' dstipaddr='10.0.0.2'/>",
      'ether-type=2048 ip-source=0xa000001 !ip-destination=0xa000002',
    ],
    [
      "<ipv6 match='no' protocol='tcp'/>",
      'ether-type=34525 !transport-protocol=6 !transport-protocol=59 !transport-protocol=51',
    ],
    [
      "<ipv6 protocol='icmpv6'/><ipv6 match='no' type='133' code='0'/>",
      'ether-type=34525 transport-protocol=58 !icmp=133:0',
    ],
  ])('%s', (element, expected) => {
    expect(testsOf(element)).toBe(expected);
  });
});

describe('inout is written as the incoming side sees it, and read backwards for what goes out', () => {
  test.each([
    [
      `<mac srcmacaddr='${guest}' dstmacaddr='${peer}'/>`,
      'ether-source=0x525400000001 ether-destination=0x525400000002',
      'ether-source=0x525400000002 ether-destination=0x525400000001',
    ],
    [
      "<ip srcipaddr='10.0.0.1' protocol='udp' dstportstart='53'/>",
      'ether-type=2048 ip-source=0xa000001 ip-protocol=17 destination-port=53',
      'ether-type=2048 ip-destination=0xa000001 ip-protocol=17 source-port=53',
    ],
    [
      "<ipv6 dstipaddr='fd00::1'/>",
      'ether-type=34525 ip6-destination=0xfd000000000000000000000000000001',
      'ether-type=34525 ip6-source=0xfd000000000000000000000000000001',
    ],
    [
      "<arp arpsrcipaddr='10.0.0.1'/>",
      `ether-type=2054 ${ipv4Guards} arp-sender-ip=0xa000001`,
      `ether-type=2054 ${ipv4Guards} arp-target-ip=0xa000001`,
    ],
    [
      `<rarp arpdstmacaddr='${guest}'/>`,
      `ether-type=32821 ${etherGuards} arp-target-mac=0x525400000001`,
      `ether-type=32821 ${etherGuards} arp-sender-mac=0x525400000001`,
    ],
    [
      `<vlan srcmacaddr='${guest}' vlanid='1'/>`,
      'ether-source=0x525400000001 ether-type=33024 vlan-id=1',
      'ether-destination=0x525400000001 ether-type=33024 vlan-id=1',
    ],
    [`<stp srcmacaddr='${guest}'/>`, `ether-source=0x525400000001 ${bpdu}`, `ether-source=0x525400000001 ${bpdu}`],
  ])('%s', (element, into, out) => {
    expect([testsOf(element, 'in', 'inout'), testsOf(element, 'out', 'inout')]).toEqual([into, out]);
    expect([testsOf(element, 'in'), testsOf(element, 'out')]).toEqual([into, into]);
  });
});
