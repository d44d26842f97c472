import type { FrameContent, FrameDescription } from '../../engine/trace.ts';
import { type Result, usage } from '../cli-failure.ts';
import type { Call } from '../verb.ts';
import { parseEnds, parseNumber } from './parse-ends.ts';

/** The MAC addresses at a frame's two ends. */
export interface MacEnds {
  readonly source: bigint;
  readonly destination: bigint;
}

const tcpSyn = 0x02;
const tcpAck = 0x10;
const echoRequest = { ipv4: 8, ipv6: 128 } as const;
const arpOperations: Readonly<Record<string, number>> = { request: 1, reply: 2 };
const shortestHex = 28;
const longestHex = 2 * 65_535;

type Read = Result<FrameContent>;

function readPorts(protocol: 'tcp' | 'udp', text: string, isFirst: boolean): Read {
  const example = '10.0.0.2:40000>10.0.0.9:25';
  const ends = parseEnds(text, example);
  if (!ends.ok) return ends;
  const [from, to] = ends.value;
  const [sourcePort, destinationPort] = [parseNumber(from.detail, 65_535), parseNumber(to.detail, 65_535)];
  if (sourcePort === undefined || destinationPort === undefined) {
    return usage(`'${text}' has no two ports`, `write it as '${example}', or '[fd00::2]:40000>[fd00::9]:25'`);
  }
  const packet = { family: from.family, source: from.address, destination: to.address, sourcePort, destinationPort };
  return {
    ok: true,
    value: protocol === 'udp' ? { protocol, ...packet } : { protocol, ...packet, flags: isFirst ? tcpSyn : tcpAck },
  };
}

function readIcmp(text: string): Read {
  const example = '10.0.0.2>10.0.0.9:8/0';
  const ends = parseEnds(text, example);
  if (!ends.ok) return ends;
  const [from, to] = ends.value;
  const [typeText, codeText = '0'] = to.detail?.split('/') ?? [String(echoRequest[from.family])];
  const [type, code] = [parseNumber(typeText, 255), parseNumber(codeText, 255)];
  if (type === undefined || code === undefined || from.detail !== undefined) {
    return usage(
      `'${text}' has no ICMP type that can be read`,
      `write it as '${example}', or '[fd00::2]>[fd00::9]:128'`,
    );
  }
  const { family, address: source } = from;
  return { ok: true, value: { protocol: 'icmp', family, source, destination: to.address, type, code, identifier: 1 } };
}

function readArp(kind: string, text: string | undefined, macs: MacEnds): Read {
  const example = "--arp request '10.0.0.2>10.0.0.9'";
  const operation = arpOperations[kind];
  if (operation === undefined || text === undefined) {
    return usage('--arp needs request or reply, and the addresses behind it', `write it as ${example}`);
  }
  const ends = parseEnds(text, '10.0.0.2>10.0.0.9');
  if (!ends.ok) return ends;
  const [from, to] = ends.value;
  if (from.family !== 'ipv4' || from.detail !== undefined || to.detail !== undefined) {
    return usage(`'${text}' is not two IPv4 addresses`, `write it as ${example}`);
  }
  // Who asks does not know the other one's MAC address yet.
  const targetMac = operation === 1 ? 0n : macs.destination;
  const [senderIp, targetIp] = [from.address, to.address];
  return { ok: true, value: { protocol: 'arp', operation, senderMac: macs.source, senderIp, targetMac, targetIp } };
}

function readHex(text: string): Result<Uint8Array> {
  const digits = text.replaceAll(/[\s:]/g, '');
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) return usage('--frame is not pairs of hexadecimal digits');
  if (digits.length < shortestHex || digits.length > longestHex) {
    return usage('--frame is not a whole Ethernet frame', 'it begins with the two MAC addresses and the EtherType');
  }
  return { ok: true, value: Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
}

const kinds = ['frame', 'tcp', 'udp', 'icmp', 'arp'] as const;

/** Reads the one option that says what the frame is. `arpEnds` is the word behind `--arp request`. */
export async function parseFrame(
  call: Call,
  macs: MacEnds,
  arpEnds: string | undefined,
): Promise<Result<Uint8Array | FrameDescription>> {
  const [kind, other] = kinds.filter((name) => call.has(name));
  const text = call.text(kind ?? '') ?? '';
  if (kind === undefined || other !== undefined) {
    const example = "for example: --tcp '10.0.0.2:40000>10.0.0.9:25'";
    return usage('trace needs one of --frame, --tcp, --udp, --icmp and --arp', example);
  }
  if (kind === 'frame') return readHex(text);
  const isFirst = !call.has('reply') && (call.text('state') ?? 'NEW') === 'NEW';
  const content =
    kind === 'icmp' ? readIcmp(text) : kind === 'arp' ? readArp(text, arpEnds, macs) : readPorts(kind, text, isFirst);
  if (!content.ok) return content;
  const { broadcastMac, destinationMac } = await import('../../engine/trace.ts');
  const packet = content.value;
  const asksAll = packet.protocol === 'arp' && packet.operation === 1;
  const unicast = packet.protocol === 'arp' ? macs.destination : destinationMac(packet, macs.destination);
  const description = {
    sourceMac: macs.source,
    destinationMac: asksAll ? broadcastMac : unicast,
    content: packet,
  };
  return { ok: true, value: description };
}
