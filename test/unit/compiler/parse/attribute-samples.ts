import type { ProtocolName } from '../../../../shared/nwfilter/protocols.ts';

/** A value that the attribute takes, as it is printed again, and one that it does not take (null: it takes every text). */
export type Sample = readonly [accepted: string, printed: string, refused: string | null];

const mac: Sample = ['52:54:0:AB:cd:ef', '52:54:00:ab:cd:ef', '52:54:00:ab:cd'];
const macMask: Sample = ['FF:FF:FF:FC:00:00', 'ff:ff:ff:fc:00:00', '01:00:00:00:00:00'];
const ipv4: Sample = ['10.1.2.3', '10.1.2.3', '10.1.2.256'];
const ipv4Mask: Sample = ['255.255.248.0', '21', '33'];
const ipv6: Sample = ['FD00:33:0::1', 'fd00:33::1', '10.1.2.3'];
const ipv6Mask: Sample = ['ffff:ffff:fc00::', '38', '129'];
const comment: Sample = ['a "quoted" & <odd> text', 'a &quot;quoted&quot; &amp; &lt;odd&gt; text', null];
const number = (max: number): Sample => [
  `0x${max.toString(16).toUpperCase()}`,
  `0x${max.toString(16)}`,
  String(max + 1),
];
const u8 = number(255);
const u16 = number(65535);
const u32 = number(0xffffffff);

const sourceMac = { srcmacaddr: mac };
const macs = { srcmacaddr: mac, srcmacmask: macMask, dstmacaddr: mac, dstmacmask: macMask };
const ports = { srcportstart: u16, srcportend: u16, dstportstart: u16, dstportend: u16 };
const dscp = { dscp: number(63) };

const addresses4 = { srcipaddr: ipv4, srcipmask: ipv4Mask, dstipaddr: ipv4, dstipmask: ipv4Mask };
const addresses6 = { srcipaddr: ipv6, srcipmask: ipv6Mask, dstipaddr: ipv6, dstipmask: ipv6Mask };
const ranges4 = { srcipfrom: ipv4, srcipto: ipv4, dstipfrom: ipv4, dstipto: ipv4 };
const ranges6 = { srcipfrom: ipv6, srcipto: ipv6, dstipfrom: ipv6, dstipto: ipv6 };
const stateful = {
  'connlimit-above': u16,
  state: ['related, new', 'NEW,RELATED', 'NEW,OLD'],
  ipset: ['my.set:1', 'my.set:1', 'a/b'],
  ipsetflags: ['SRC,dst,src', 'src,dst,src', 'src,src,src,src,src,src,src'],
} as const;
const packet4 = { ...addresses4, ...ranges4, ...dscp, ...stateful, comment };
const packet6 = { ...addresses6, ...ranges6, ...dscp, ...stateful, comment };
const tcp = { option: u8, flags: ['syn,ACK/SYN', 'SYN,ACK/SYN', 'SYN'] } as const;
const icmp = { type: u8, code: u8 };

const arp = {
  ...macs,
  hwtype: u16,
  protocoltype: u16,
  opcode: ['reply_reverse', 'Reply_Reverse', 'Answer'],
  arpsrcmacaddr: mac,
  arpdstmacaddr: mac,
  arpsrcipaddr: ipv4,
  arpsrcipmask: ipv4Mask,
  arpdstipaddr: ipv4,
  arpdstipmask: ipv4Mask,
  gratuitous: ['yes', 'true', 'maybe'],
  comment,
} as const;

/** Every protocol and attribute of formatnwfilter.html, copied by hand: what protocols.ts says is measured against this. */
export const attributeSamples: Readonly<Record<ProtocolName, Readonly<Record<string, Sample>>>> = {
  mac: { ...macs, protocolid: ['0x88CC', '0x88cc', '0x5ff'], comment },
  vlan: { ...macs, vlanid: ['0xFFF', '0xfff', '4096'], 'encap-protocol': ['IPv4', 'ipv4', '0x3b'], comment },
  stp: {
    srcmacaddr: mac,
    srcmacmask: macMask,
    type: u8,
    flags: u8,
    'root-priority': u16,
    'root-priority-hi': u16,
    'root-address': mac,
    'root-address-mask': macMask,
    'root-cost': u32,
    'root-cost-hi': u32,
    'sender-priority': u16,
    'sender-priority-hi': u16,
    'sender-address': mac,
    'sender-address-mask': macMask,
    port: u16,
    'port-hi': u16,
    age: u16,
    'age-hi': u16,
    'max-age': u16,
    'max-age-hi': u16,
    'hello-time': u16,
    'hello-time-hi': u16,
    'forward-delay': u16,
    'forward-delay-hi': u16,
    comment,
  },
  arp,
  rarp: arp,
  ip: { ...macs, ...addresses4, protocol: ['UDP', 'udp', '256'], ...ports, ...dscp, comment },
  ipv6: {
    ...macs,
    ...addresses6,
    protocol: ['0x11', 'udp', 'ipip'],
    ...ports,
    ...icmp,
    typeend: u8,
    codeend: u8,
    comment,
  },
  tcp: { ...sourceMac, ...packet4, ...ports, ...tcp },
  udp: { ...sourceMac, ...packet4, ...ports },
  sctp: { ...sourceMac, ...packet4, ...ports },
  icmp: { ...macs, ...packet4, ...icmp },
  igmp: { ...macs, ...packet4 },
  esp: { ...macs, ...packet4 },
  ah: { ...macs, ...packet4 },
  udplite: { ...macs, ...packet4 },
  all: { ...macs, ...packet4 },
  'tcp-ipv6': { ...sourceMac, ...packet6, ...ports, ...tcp },
  'udp-ipv6': { ...sourceMac, ...packet6, ...ports },
  'sctp-ipv6': { ...sourceMac, ...packet6, ...ports },
  icmpv6: { ...sourceMac, ...packet6, ...icmp },
  'esp-ipv6': { ...sourceMac, ...packet6 },
  'ah-ipv6': { ...sourceMac, ...packet6 },
  'udplite-ipv6': { ...sourceMac, ...packet6 },
  'all-ipv6': { ...sourceMac, ...packet6 },
};
