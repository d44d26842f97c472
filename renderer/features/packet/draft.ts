import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Packet, Question } from '../../../shared/rpc/packet.ts';

/** Whether it begins a connection, goes on with one that was begun the same way, or answers to one that was begun the other way. */
export const stages = ['first', 'going', 'answer'] as const;
export type Stage = (typeof stages)[number];

/** What a person has put into the form; texts stay as they were typed. */
export interface Draft {
  readonly kind: Packet['kind'];
  readonly direction: 'out' | 'in';
  readonly stage: Stage;
  /** Empty: the usual one of the sender's. */
  readonly sourceMac: string;
  /** Empty: the guest's own where it sends. */
  readonly source: string;
  readonly sourcePort: string;
  readonly destination: string;
  readonly destinationPort: string;
  readonly type: string;
  readonly code: string;
  readonly operation: 'request' | 'reply';
  readonly hex: string;
}

export const emptyDraft: Draft = {
  kind: 'tcp',
  direction: 'out',
  stage: 'first',
  sourceMac: '',
  source: '',
  sourcePort: '40000',
  destination: '192.0.2.1',
  destinationPort: '80',
  type: '8',
  code: '0',
  operation: 'request',
  hex: '',
};

/** A field of which something can be wrong. */
export type TextField = Exclude<keyof Draft, 'kind' | 'direction' | 'stage' | 'operation'>;
export type Problem = 'ip' | 'ipv4' | 'family' | 'mac' | 'port' | 'octet' | 'frame';

const familyOf = (text: string): 'ipv4' | 'ipv6' | undefined =>
  parseIpv4(text) !== undefined ? 'ipv4' : parseIpv6(text) !== undefined ? 'ipv6' : undefined;

const isUpTo = (text: string, most: number): boolean => /^[0-9]{1,5}$/.test(text) && Number(text) <= most;

const smallestFrame = 14;

/** Where it is from: what the guest sends comes from its own address unless another is named. */
const sourceOf = ({ direction, source }: Draft, own: string): string =>
  source === '' && direction === 'out' ? own : source;

/** What is wrong with the draft, by field; of each the first thing. `own`: an address of the guest's. */
export function problemsOf(draft: Draft, own: string): Readonly<Partial<Record<TextField, Problem>>> {
  const { kind, destination, sourceMac } = draft;
  if (kind === 'frame') {
    const hex = draft.hex.replaceAll(/[\s:]/g, '');
    const isFrame = /^(?:[0-9a-f]{2})+$/i.test(hex) && hex.length >= 2 * smallestFrame;
    return isFrame ? {} : { hex: 'frame' };
  }
  const mac = sourceMac === '' || parseMac(sourceMac) !== undefined ? {} : ({ sourceMac: 'mac' } as const);
  const source = sourceOf(draft, own);
  if (kind === 'arp') {
    return {
      ...mac,
      ...(familyOf(source) !== 'ipv4' && { source: 'ipv4' as const }),
      ...(familyOf(destination) !== 'ipv4' && { destination: 'ipv4' as const }),
    };
  }
  const [from, to] = [familyOf(source), familyOf(destination)];
  const numbers = kind === 'icmp' ? (['type', 'code'] as const) : (['sourcePort', 'destinationPort'] as const);
  const [most, wrong] = kind === 'icmp' ? ([255, 'octet'] as const) : ([65_535, 'port'] as const);
  return {
    ...mac,
    ...(from === undefined && { source: 'ip' as const }),
    ...(to === undefined
      ? { destination: 'ip' as const }
      : from !== undefined && from !== to && { destination: 'family' as const }),
    ...Object.fromEntries(numbers.flatMap((name) => (isUpTo(draft[name], most) ? [] : [[name, wrong]]))),
  };
}

/** The same the other way about: what was sent there comes from there. */
export function turned(draft: Draft, own: string): Draft {
  const { direction, sourcePort, destination, destinationPort } = draft;
  const way = { direction: direction === 'out' ? 'in' : 'out' } as const;
  if (draft.kind === 'frame') return { ...draft, ...way };
  const ends = { source: destination, sourcePort: destinationPort };
  return { ...draft, ...way, ...ends, destination: sourceOf(draft, own), destinationPort: sourcePort };
}

function packetOf(draft: Draft, own: string): Packet {
  const { kind, destination } = draft;
  const source = sourceOf(draft, own);
  switch (kind) {
    case 'frame':
      return { kind, hex: draft.hex };
    case 'arp':
      return { kind, operation: draft.operation, sender: source, target: destination };
    case 'icmp':
      return { kind, source, destination, type: Number(draft.type), code: Number(draft.code) };
    default:
      return {
        kind,
        source,
        destination,
        sourcePort: Number(draft.sourcePort),
        destinationPort: Number(draft.destinationPort),
      };
  }
}

const connections: Readonly<Record<Stage, Question['connection']>> = {
  first: undefined,
  going: { state: 'ESTABLISHED', direction: 'original' },
  answer: { state: 'ESTABLISHED', direction: 'reply' },
};

/** What is asked of the main side; of a draft that nothing is wrong with. */
export function questionOf(draft: Draft, own: string, subject: Question['subject']): Question {
  const connection = draft.kind === 'arp' ? undefined : connections[draft.stage];
  return {
    subject,
    packet: packetOf(draft, own),
    direction: draft.direction,
    ...(draft.kind !== 'frame' && draft.sourceMac !== '' && { sourceMac: draft.sourceMac }),
    ...(connection !== undefined && { connection }),
  };
}

export type PresetName =
  | 'web'
  | 'mail'
  | 'ping'
  | 'pose'
  | 'poseMac'
  | 'arpLie'
  | 'dhcpServer'
  | 'calledIn'
  | 'answered';

/** Things that a guest does or is sent, or that an attacker in it would do. `own`: an address of the guest's. */
export function presets(own: string): Readonly<Record<PresetName, Partial<Draft>>> {
  const elsewhere = '192.0.2.1';
  const another = '192.0.2.99';
  return {
    web: { kind: 'tcp', destination: elsewhere, destinationPort: '443' },
    mail: { kind: 'tcp', destination: elsewhere, destinationPort: '25' },
    ping: { kind: 'icmp', destination: elsewhere, type: '8', code: '0' },
    pose: { kind: 'tcp', source: another, destination: elsewhere, destinationPort: '80' },
    poseMac: { kind: 'tcp', sourceMac: '52:54:00:00:00:99', destination: elsewhere, destinationPort: '80' },
    arpLie: { kind: 'arp', operation: 'reply', source: another, destination: elsewhere },
    dhcpServer: { kind: 'udp', sourcePort: '67', destination: '255.255.255.255', destinationPort: '68' },
    calledIn: { kind: 'tcp', direction: 'in', source: elsewhere, destination: own, destinationPort: '22' },
    answered: {
      ...{ kind: 'tcp', direction: 'in', stage: 'answer', source: elsewhere, sourcePort: '443' },
      ...{ destination: own, destinationPort: '40000' },
    },
  };
}
