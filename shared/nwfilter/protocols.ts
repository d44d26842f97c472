/** What an attribute's text must be. `names` are words that stand for numbers, compared without regard to case. */
export type AttributeType =
  | {
      readonly type: 'number';
      readonly min: number;
      readonly max: number;
      readonly names?: Readonly<Record<string, number>>;
    }
  | { readonly type: 'mac' | 'mac-mask' | 'ipv4' | 'ipv4-mask' | 'ipv6' | 'ipv6-mask' | 'boolean' }
  | { readonly type: 'comment' | 'states' | 'tcp-flags' | 'ipset' | 'ipset-flags' };

/** Attribute names to their types, in the order in which a filter is printed. */
export type AttributeTable = Readonly<Record<string, AttributeType>>;

const u8: AttributeType = { type: 'number', min: 0, max: 0xff };
const u16: AttributeType = { type: 'number', min: 0, max: 0xffff };
const u32: AttributeType = { type: 'number', min: 0, max: 0xffffffff };
const mac: AttributeType = { type: 'mac' };
const macMask: AttributeType = { type: 'mac-mask' };
const dscp: AttributeType = { type: 'number', min: 0, max: 63 };

export const etherTypeNames = { arp: 0x0806, rarp: 0x8035, ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100 } as const;

/** Opcode names as ebtables has them. */
export const arpOpcodeNames = {
  Request: 1,
  Reply: 2,
  Request_Reverse: 3,
  Reply_Reverse: 4,
  DRARP_Request: 5,
  DRARP_Reply: 6,
  DRARP_Error: 7,
  InARP_Request: 8,
  ARP_NAK: 9,
} as const;

export const ipProtocolNames = {
  tcp: 6,
  udp: 17,
  udplite: 136,
  esp: 50,
  ah: 51,
  icmp: 1,
  igmp: 2,
  sctp: 132,
  icmpv6: 58,
} as const;

const macs = { srcmacaddr: mac, srcmacmask: macMask, dstmacaddr: mac, dstmacmask: macMask } as const;
const ports = { srcportstart: u16, srcportend: u16, dstportstart: u16, dstportend: u16 } as const;
const comment = { comment: { type: 'comment' } } as const;

function addresses(family: 'ipv4' | 'ipv6') {
  const address = { type: family } as const;
  const mask = { type: `${family}-mask` } as const;
  return { srcipaddr: address, srcipmask: mask, dstipaddr: address, dstipmask: mask } as const;
}

const arp = {
  ...macs,
  hwtype: u16,
  protocoltype: u16,
  opcode: { type: 'number', min: 0, max: 0xffff, names: arpOpcodeNames },
  arpsrcmacaddr: mac,
  arpdstmacaddr: mac,
  arpsrcipaddr: { type: 'ipv4' },
  arpsrcipmask: { type: 'ipv4-mask' },
  arpdstipaddr: { type: 'ipv4' },
  arpdstipmask: { type: 'ipv4-mask' },
  gratuitous: { type: 'boolean' },
  ...comment,
} as const satisfies AttributeTable;

const networkProtocol = { type: 'number', min: 0, max: 0xff, names: ipProtocolNames } as const;

/** What every layer 4 protocol has, after its MAC attributes. */
function transport(family: 'ipv4' | 'ipv6') {
  const address = { type: family } as const;
  return {
    ...addresses(family),
    srcipfrom: address,
    srcipto: address,
    dstipfrom: address,
    dstipto: address,
    dscp,
    'connlimit-above': u16,
    state: { type: 'states' },
    ipset: { type: 'ipset' },
    ipsetflags: { type: 'ipset-flags' },
  } as const;
}

const withPorts = (family: 'ipv4' | 'ipv6') => ({ srcmacaddr: mac, ...transport(family), ...ports }) as const;
/** The documented tables of icmp, igmp, esp, ah, udplite and all have the whole MAC group, their IPv6 twins the source alone. */
const withoutPorts = (family: 'ipv4' | 'ipv6') =>
  ({ ...(family === 'ipv4' ? macs : { srcmacaddr: mac }), ...transport(family) }) as const;
const tcp = { option: u8, flags: { type: 'tcp-flags' } } as const;
const icmp = { type: u8, code: u8 } as const;

/** The filter language's protocols and the attributes of each: formatnwfilter.html, "Supported protocols". */
export const protocols = {
  mac: { ...macs, protocolid: { type: 'number', min: 0x600, max: 0xffff, names: etherTypeNames }, ...comment },
  vlan: {
    ...macs,
    vlanid: { type: 'number', min: 0, max: 4095 },
    'encap-protocol': { type: 'number', min: 0x3c, max: 0xffff, names: etherTypeNames },
    ...comment,
  },
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
    ...comment,
  },
  arp,
  rarp: arp,
  ip: { ...macs, ...addresses('ipv4'), protocol: networkProtocol, ...ports, dscp, ...comment },
  ipv6: {
    ...macs,
    ...addresses('ipv6'),
    protocol: networkProtocol,
    ...ports,
    type: u8,
    typeend: u8,
    code: u8,
    codeend: u8,
    ...comment,
  },
  tcp: { ...withPorts('ipv4'), ...tcp, ...comment },
  udp: { ...withPorts('ipv4'), ...comment },
  sctp: { ...withPorts('ipv4'), ...comment },
  icmp: { ...withoutPorts('ipv4'), ...icmp, ...comment },
  igmp: { ...withoutPorts('ipv4'), ...comment },
  esp: { ...withoutPorts('ipv4'), ...comment },
  ah: { ...withoutPorts('ipv4'), ...comment },
  udplite: { ...withoutPorts('ipv4'), ...comment },
  all: { ...withoutPorts('ipv4'), ...comment },
  'tcp-ipv6': { ...withPorts('ipv6'), ...tcp, ...comment },
  'udp-ipv6': { ...withPorts('ipv6'), ...comment },
  'sctp-ipv6': { ...withPorts('ipv6'), ...comment },
  icmpv6: { ...withoutPorts('ipv6'), ...icmp, ...comment },
  'esp-ipv6': { ...withoutPorts('ipv6'), ...comment },
  'ah-ipv6': { ...withoutPorts('ipv6'), ...comment },
  'udplite-ipv6': { ...withoutPorts('ipv6'), ...comment },
  'all-ipv6': { ...withoutPorts('ipv6'), ...comment },
} as const satisfies Readonly<Record<string, AttributeTable>>;

export type ProtocolName = keyof typeof protocols;

/** Names that the documentation gives and the reference's schema spells otherwise; both are read, the key is printed. */
export const attributeAliases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stp: { 'msg-age': 'age', 'msg-age-hi': 'age-hi', port_hi: 'port-hi' },
};

/** The rules of these act on frames in the bridge; all others on packets, with connection state. */
export const frameProtocols = [
  'mac',
  'vlan',
  'stp',
  'arp',
  'rarp',
  'ip',
  'ipv6',
] as const satisfies readonly ProtocolName[];
export type FrameProtocol = (typeof frameProtocols)[number];
export type PacketProtocol = Exclude<ProtocolName, FrameProtocol>;

/** Chain prefixes and the priority that a chain has when its filter gives none. */
export const chainPriorities = {
  root: 0,
  mac: -800,
  vlan: -750,
  stp: -810,
  arp: -500,
  rarp: -400,
  ipv4: -700,
  ipv6: -600,
} as const;
export type ChainPrefix = keyof typeof chainPriorities;
