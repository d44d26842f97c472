/** What the kernel tells of a packet that a rule logs. Devices by their indices; 0 stands for none. */
export interface LoggedPacket {
  /** What the rule is called. */
  readonly name: string;
  /** The table's: inet's packets come as one of IPv4 or IPv6. */
  readonly family: 'bridge' | 'ipv4' | 'ipv6';
  /** NF_INET_PRE_ROUTING and so on (linux/netfilter.h); in bridges the numbers are the same. */
  readonly hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  /** The EtherType of what follows the link header. */
  readonly protocol: number;
  /** The bridge, or the device itself where it is no bridge's. */
  readonly inDevice: number;
  readonly outDevice: number;
  /** The bridge's ports. */
  readonly inPort: number;
  readonly outPort: number;
  /** MAC addresses and EtherType, with the VLAN tag that the kernel keeps apart put back; empty where the device has no such header. */
  readonly linkHeader: Uint8Array;
  /** From the header of layer 3 on, as much as was copied. */
  readonly payload: Uint8Array;
}

const families = { 2: 'ipv4', 7: 'bridge', 10: 'ipv6' } as const;
const hooks = ['prerouting', 'input', 'forward', 'output', 'postrouting'] as const;
const familyOf = (number: number): LoggedPacket['family'] | undefined =>
  Object.hasOwn(families, number) ? families[number as keyof typeof families] : undefined;

/** linux/netfilter/nfnetlink_log.h, enum nfulnl_attr_type and nfulnl_vlan_attr. */
const attribute = {
  packetHeader: 1,
  inDevice: 4,
  outDevice: 5,
  inPort: 6,
  outPort: 7,
  payload: 9,
  prefix: 10,
  deviceType: 15,
  deviceHeader: 16,
  vlan: 20,
  linkHeader: 21,
} as const;
const vlanProtocol = 1;
const vlanTag = 2;
/** ARPHRD_ETHER and ARPHRD_LOOPBACK (linux/if_arp.h), whose headers are Ethernet's. */
const ethernetTypes: readonly number[] = [1, 772];

const messageHeader = 4;
const attributeHeader = 4;
const macAddresses = 12;
const ethernetHeader = 14;
/** The kernel has some twenty; more than that is not its doing. */
const maxAttributes = 64;

type Attributes = ReadonlyMap<number, Uint8Array>;

/** Attributes as netlink writes them: length with its own header, type, value, and padding to four bytes; numbers around them in host order. */
function readAttributes(bytes: Uint8Array, littleEndian: boolean): Attributes | undefined {
  const found = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + attributeHeader <= bytes.length; ) {
    const length = view.getUint16(at, littleEndian);
    // The upper two bits say "nested" and "in network order" (linux/netlink.h).
    const type = view.getUint16(at + 2, littleEndian) & 0x3fff;
    if (length < attributeHeader || at + length > bytes.length || found.size >= maxAttributes) return undefined;
    found.set(type, bytes.subarray(at + attributeHeader, at + length));
    at += Math.ceil(length / 4) * 4;
  }
  return found;
}

/** A number in network order; 0 where it is not there. */
function numberIn(value: Uint8Array | undefined, width: 2 | 4): number {
  if (value === undefined || value.length < width) return 0;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return width === 2 ? view.getUint16(0) : view.getUint32(0);
}

function textOf(value: Uint8Array | undefined): string {
  const [text = ''] = new TextDecoder('latin1').decode(value ?? new Uint8Array()).split('\0');
  return text;
}

function linkHeaderOf(attributes: Attributes, littleEndian: boolean): Uint8Array {
  const whole = attributes.get(attribute.linkHeader);
  const ofDevice = attributes.get(attribute.deviceHeader);
  const isEthernet = ethernetTypes.includes(numberIn(attributes.get(attribute.deviceType), 2));
  const header = whole ?? (isEthernet ? ofDevice : undefined) ?? new Uint8Array();
  if (header.length < ethernetHeader) return new Uint8Array();
  const vlan = readAttributes(attributes.get(attribute.vlan) ?? new Uint8Array(), littleEndian);
  const protocol = vlan?.get(vlanProtocol);
  const tag = vlan?.get(vlanTag);
  if (protocol?.length !== 2 || tag?.length !== 2) return header;
  return Uint8Array.from([...header.subarray(0, macAddresses), ...protocol, ...tag, ...header.subarray(macAddresses)]);
}

/**
 * Reads a message of nfnetlink_log as LINKTYPE_NFLOG has it (https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html): family, version, group, then
 * attributes. undefined: it is none, or not of a rule with a name.
 */
export function readNflog(bytes: Uint8Array, littleEndian: boolean): LoggedPacket | undefined {
  const [familyNumber, version] = bytes;
  const family = familyNumber === undefined ? undefined : familyOf(familyNumber);
  if (family === undefined || version !== 0 || bytes.length < messageHeader) return undefined;
  const attributes = readAttributes(bytes.subarray(messageHeader), littleEndian);
  const packetHeader = attributes?.get(attribute.packetHeader);
  const hook = hooks[packetHeader?.[2] ?? hooks.length];
  const name = textOf(attributes?.get(attribute.prefix));
  if (attributes === undefined || hook === undefined || !/^[A-Za-z0-9 _.:/#+-]{1,96}$/.test(name)) return undefined;
  return {
    name,
    family,
    hook,
    protocol: numberIn(packetHeader, 2),
    inDevice: numberIn(attributes.get(attribute.inDevice), 4),
    outDevice: numberIn(attributes.get(attribute.outDevice), 4),
    inPort: numberIn(attributes.get(attribute.inPort), 4),
    outPort: numberIn(attributes.get(attribute.outPort), 4),
    linkHeader: linkHeaderOf(attributes, littleEndian),
    payload: attributes.get(attribute.payload) ?? new Uint8Array(),
  };
}
