import { bytes, concat, uint } from './bytes.ts';

export const etherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  rarp: 0x8035,
  vlan: 0x8100,
  ipv6: 0x86dd,
  pppoe: 0x8864,
  serviceVlan: 0x88a8,
} as const;

export interface Station {
  readonly source: bigint;
  readonly destination: bigint;
}

export function ethernetFrame({ source, destination }: Station, type: number, payload: Uint8Array): Uint8Array {
  return concat(uint(destination, 6), uint(source, 6), uint(type, 2), payload);
}

/** Puts a VLAN tag into a frame; `type` 0x8100 (802.1Q) or 0x88a8 (802.1ad). */
export function tagged(frame: Uint8Array, identifier: number, type: number = etherType.vlan, priority = 0): Uint8Array {
  return concat(frame.subarray(0, 12), uint(type, 2), uint((priority << 13) | identifier, 2), frame.subarray(12));
}

/** Wraps an IP frame in a PPPoE session (RFC 2516). */
export function inPppoe(frame: Uint8Array): Uint8Array {
  const protocol = frame[12] === 0x08 ? 0x0021 : 0x0057;
  const payload = frame.subarray(14);
  const header = concat(bytes(0x11, 0), uint(1, 2), uint(payload.length + 2, 2), uint(protocol, 2));
  return concat(frame.subarray(0, 12), uint(etherType.pppoe, 2), header, payload);
}

export interface ArpFields {
  readonly hardwareType: number;
  readonly protocolType: number;
  readonly hardwareLength: number;
  readonly protocolLength: number;
  readonly opcode: number;
  readonly senderMac: bigint;
  readonly senderIp: bigint;
  readonly targetMac: bigint;
  readonly targetIp: bigint;
}

export function arpPacket(fields: ArpFields): Uint8Array {
  return concat(
    uint(fields.hardwareType, 2),
    uint(fields.protocolType, 2),
    bytes(fields.hardwareLength, fields.protocolLength),
    uint(fields.opcode, 2),
    uint(fields.senderMac, 6),
    uint(fields.senderIp, 4),
    uint(fields.targetMac, 6),
    uint(fields.targetIp, 4),
    new Uint8Array(18),
  );
}

/** An 802.3 frame: the payload's length where others have a type. */
export function lengthFrame({ source, destination }: Station, payload: Uint8Array): Uint8Array {
  const padding = new Uint8Array(Math.max(0, 46 - payload.length));
  return concat(uint(destination, 6), uint(source, 6), uint(payload.length, 2), payload, padding);
}
