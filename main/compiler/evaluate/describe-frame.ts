import type { HeaderField } from '../policy/header-field.ts';
import { formatField } from './format-field.ts';
import { type FrameView, viewFrame } from './frame-view.ts';

const read = (frame: FrameView, field: HeaderField): string | undefined => {
  const value = frame.read(field);
  return value === undefined ? undefined : formatField(field, value);
};

function packetText(frame: FrameView, { family }: NonNullable<FrameView['packet']>): string {
  const [source, destination] =
    family === 'ipv4' ? (['ip-source', 'ip-destination'] as const) : (['ip6-source', 'ip6-destination'] as const);
  const protocol = read(frame, 'transport-protocol') ?? 'no protocol';
  const withPort = (address: string | undefined, port: string | undefined): string =>
    port === undefined ? `${address}` : family === 'ipv4' ? `${address}:${port}` : `[${address}]:${port}`;
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const kind = `type ${read(frame, 'icmp-type') ?? '?'} code ${read(frame, 'icmp-code') ?? '?'}`;
    return `${protocol} ${read(frame, source)} > ${read(frame, destination)}, ${kind}`;
  }
  const hasPorts = ['tcp', 'udp', 'udplite', 'sctp'].includes(protocol);
  const [from, to] = hasPorts ? [read(frame, 'source-port'), read(frame, 'destination-port')] : [];
  return `${protocol} ${withPort(read(frame, source), from)} > ${withPort(read(frame, destination), to)}`;
}

/** What a frame is, in one line: protocol and ends, as far as they can be read. */
export function describeFrame(bytes: Uint8Array): string {
  const frame = viewFrame(bytes);
  if (frame.packet !== undefined) return packetText(frame, frame.packet);
  const type = read(frame, 'ether-type') ?? 'no type';
  if (type === 'arp' || type === 'rarp') {
    const [opcode, sender, target] = (['arp-opcode', 'arp-sender-ip', 'arp-target-ip'] as const).map((field) =>
      read(frame, field),
    );
    return `${type} ${opcode ?? '?'} ${sender ?? '?'} > ${target ?? '?'}`;
  }
  return type === 'vlan'
    ? `vlan ${read(frame, 'vlan-id') ?? '?'} ${read(frame, 'vlan-type') ?? ''}`.trim()
    : `type ${type}`;
}
