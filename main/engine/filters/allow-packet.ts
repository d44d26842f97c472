import { formatIpAddress } from '../../../shared/net/ip-address.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import { newConnection } from '../../compiler/evaluate/connection-view.ts';
import { evaluatePolicy } from '../../compiler/evaluate/evaluate-policy.ts';
import { type FrameView, type PacketView, viewFrame } from '../../compiler/evaluate/frame-view.ts';
import type { Direction, Policy } from '../../compiler/policy/policy.ts';
import type { TracedConnection } from '../trace.ts';

/** Rules on frames and rules on packets are judged one after the other, so that a frame can need one of each. */
export type AllowedLayer = 'frames' | 'packets';

/** Before every chain and rule that anybody else writes. */
const priority = -1000;

const names: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 132: 'sctp' };

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}='${value}'`]))
    .join('');
}

function endsOf({ family, source, destination }: PacketView) {
  return {
    srcipaddr: formatIpAddress({ family, value: source }),
    dstipaddr: formatIpAddress({ family, value: destination }),
  };
}

/** The port that a service has: the other one is the client's and differs from time to time. */
function servicePort({ bytes }: FrameView, { transport, protocol }: PacketView): number | undefined {
  if (transport === undefined || protocol === undefined || names[protocol] === undefined) return undefined;
  const [high, low] = [bytes[transport + 2], bytes[transport + 3]];
  return high === undefined || low === undefined ? undefined : high * 256 + low;
}

function macsOf(frame: FrameView) {
  const read = (offset: number): string =>
    formatMac(BigInt(`0x${Buffer.from(frame.bytes.subarray(offset, offset + 6)).toString('hex')}`));
  return { srcmacaddr: read(6), dstmacaddr: read(0) };
}

function arpElement(frame: FrameView): string {
  const number = (field: Parameters<FrameView['read']>[0]): bigint => frame.read(field) ?? 0n;
  return `<arp${attributes({
    srcmacaddr: macsOf(frame).srcmacaddr,
    opcode: String(number('arp-opcode')),
    arpsrcmacaddr: formatMac(number('arp-sender-mac')),
    arpsrcipaddr: formatIpAddress({ family: 'ipv4', value: number('arp-sender-ip') }),
    arpdstipaddr: formatIpAddress({ family: 'ipv4', value: number('arp-target-ip') }),
  })}/>`;
}

/** One protocol element that this frame satisfies, and as few others as the language can say. */
function frameElement(frame: FrameView): string {
  const { packet, bytes } = frame;
  const type = ((bytes[12] ?? 0) << 8) | (bytes[13] ?? 0);
  const { srcmacaddr, dstmacaddr } = macsOf(frame);
  if (type === 0x0806) return arpElement(frame);
  if (packet === undefined)
    return `<mac${attributes({ srcmacaddr, dstmacaddr, protocolid: `0x${type.toString(16)}` })}/>`;
  const port = servicePort(frame, packet);
  const name = packet.family === 'ipv4' ? 'ip' : 'ipv6';
  return `<${name}${attributes({ srcmacaddr, ...endsOf(packet), protocol: packet.protocol, dstportstart: port })}/>`;
}

function packetElement(frame: FrameView, packet: PacketView): string {
  const twin = packet.family === 'ipv6' ? '-ipv6' : '';
  const ends = endsOf(packet);
  const name = names[packet.protocol ?? -1];
  const port = servicePort(frame, packet);
  if (name !== undefined && port !== undefined)
    return `<${name}${twin}${attributes({ ...ends, dstportstart: port })}/>`;
  const { transport, protocol } = packet;
  const type = transport === undefined ? undefined : frame.bytes[transport];
  if (protocol === 1 && packet.family === 'ipv4') return `<icmp${attributes({ ...ends, type })}/>`;
  if (protocol === 58 && packet.family === 'ipv6') return `<icmpv6${attributes({ ...ends, type })}/>`;
  return `<all${twin}${attributes(ends)}/>`;
}

/** The layer that turns a frame away; undefined: it passes. */
export function refusingLayer(
  policy: Policy,
  bytes: Uint8Array,
  direction: Direction,
  connection: TracedConnection,
): AllowedLayer | undefined {
  const { verdict, path } = evaluatePolicy(policy, bytes, direction, { ...newConnection, ...connection });
  if (verdict === 'accept') return undefined;
  const entered = path.findLast((step) => step.step === 'enter');
  return entered?.step === 'enter' ? entered.layer : undefined;
}

/** A rule as XML that lets this frame, and as few others as can be said, through one of the layers. */
export function allowingRule(bytes: Uint8Array, direction: Direction, layer: AllowedLayer): string {
  const frame = viewFrame(bytes);
  const element =
    layer === 'packets' && frame.packet !== undefined ? packetElement(frame, frame.packet) : frameElement(frame);
  return `  <rule action='accept' direction='${direction}' priority='${priority}'>\n    ${element}\n  </rule>\n`;
}

/** A filter of a guest's own: `rules` before all that `base` says. */
export function ownFilterText(name: string, device: string, base: string, rules: string): string {
  return `<!-- What ${device} may do beyond ${base}. -->\n<filter name='${name}' chain='root'>\n${rules}  <filterref filter='${base}'/>\n</filter>\n`;
}

/** An own filter with more rules, put before the first thing in it; the text around them stays as it was written. */
export function withRules(text: string, rules: string): string {
  const start = text.search(/<(?:rule|filterref)[\s>]/);
  const at = start === -1 ? text.lastIndexOf('</filter>') : text.lastIndexOf('\n', start) + 1;
  return text.slice(0, at) + rules + text.slice(at);
}
