/** What a DHCP server promises a client, as far as the lab speaks of it. Addresses in dotted form. */
export interface DhcpOffer {
  readonly server: string;
  readonly address: string;
  readonly gateway: string;
}

// RFC 2131 section 2: the fixed part, then the cookie, then options (RFC 2132) of type, length and value.
const fixedBytes = 236;
const cookie = 0x63825363;
const optionsAt = fixedBytes + 4;
const minimalBytes = 300;
const broadcastFlag = 0x8000;

const opRequest = 1;
const opReply = 2;
const optionMask = 1;
const optionRouter = 3;
const optionRequested = 50;
const optionLease = 51;
const optionType = 53;
const optionServer = 54;
const optionEnd = 255;
const typeDiscover = 1;
const typeOffer = 2;
const typeRequest = 3;
const typeAck = 5;

const addressBytes = (address: string): Uint8Array => Uint8Array.from(address.split('.').map(Number));
const macBytes = (mac: string): Uint8Array =>
  Uint8Array.from(mac.split(':').map((group) => Number.parseInt(group, 16)));

function message(op: number, transaction: number, mac: Uint8Array, options: readonly (readonly number[])[]): Buffer {
  const bytes = Buffer.alloc(minimalBytes);
  bytes.set([op, 1, 6, 0], 0);
  bytes.writeUInt32BE(transaction, 4);
  bytes.writeUInt16BE(broadcastFlag, 10);
  bytes.set(mac, 28);
  bytes.writeUInt32BE(cookie, fixedBytes);
  bytes.set([...options.flat(), optionEnd], optionsAt);
  return bytes;
}

/** A DHCPDISCOVER that asks for broadcast answers, so that a client without an address can read them. */
export function writeDiscover(transaction: number, mac: string): Buffer {
  return message(opRequest, transaction, macBytes(mac), [[optionType, 1, typeDiscover]]);
}

/** A DHCPREQUEST that takes an offer (RFC 2131 section 4.3.2, SELECTING). */
export function writeRequest(transaction: number, mac: string, { server, address }: DhcpOffer): Buffer {
  return message(opRequest, transaction, macBytes(mac), [
    [optionType, 1, typeRequest],
    [optionServer, 4, ...addressBytes(server)],
    [optionRequested, 4, ...addressBytes(address)],
  ]);
}

/** The DHCPOFFER that answers `discover`; undefined if that is no DHCPDISCOVER. */
export function writeOffer(discover: Buffer, { server, address, gateway }: DhcpOffer): Buffer | undefined {
  if (discover[0] !== opRequest || readOptions(discover).get(optionType)?.[0] !== typeDiscover) return undefined;
  const reply = message(opReply, discover.readUInt32BE(4), discover.subarray(28, 34), [
    [optionType, 1, typeOffer],
    [optionServer, 4, ...addressBytes(server)],
    [optionLease, 4, 0, 0, 0x0e, 0x10],
    [optionMask, 4, 255, 255, 255, 0],
    [optionRouter, 4, ...addressBytes(gateway)],
  ]);
  reply.set(addressBytes(address), 16);
  return reply;
}

/** Reads a DHCPOFFER to our transaction; undefined for every other message. */
export function readOffer(bytes: Buffer, transaction: number): DhcpOffer | undefined {
  return readReply(bytes, transaction, typeOffer);
}

/** Reads a DHCPACK to our transaction; undefined for every other message. */
export function readAck(bytes: Buffer, transaction: number): DhcpOffer | undefined {
  return readReply(bytes, transaction, typeAck);
}

function readReply(bytes: Buffer, transaction: number, type: number): DhcpOffer | undefined {
  if (bytes.length < optionsAt || bytes[0] !== opReply || bytes.readUInt32BE(4) !== transaction) return undefined;
  const options = readOptions(bytes);
  if (options.get(optionType)?.[0] !== type) return undefined;
  return {
    server: dotted(options.get(optionServer)),
    address: dotted(bytes.subarray(16, 20)),
    gateway: dotted(options.get(optionRouter)),
  };
}

function readOptions(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const options = new Map<number, Buffer>();
  if (bytes.length < optionsAt || bytes.readUInt32BE(fixedBytes) !== cookie) return options;
  for (let at = optionsAt; at < bytes.length && bytes[at] !== optionEnd; ) {
    const length = bytes[at] === 0 ? -1 : (bytes[at + 1] ?? 0);
    if (length >= 0) options.set(bytes[at] ?? 0, bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return options;
}

const dotted = (bytes: Buffer | undefined): string => (bytes ? [...bytes.subarray(0, 4)].join('.') : '');
