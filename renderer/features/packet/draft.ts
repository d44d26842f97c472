import type { Packet, Question } from '../../../shared/rpc/packet.ts';

/** What a person has put into the form; texts stay as they were typed. */
export interface Draft {
  readonly kind: Packet['kind'];
  readonly direction: 'out' | 'in';
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
  source: '',
  sourcePort: '40000',
  destination: '192.0.2.1',
  destinationPort: '80',
  type: '8',
  code: '0',
  operation: 'request',
  hex: '',
};

const numberOf = (text: string, otherwise: number): number => (/^[0-9]{1,5}$/.test(text) ? Number(text) : otherwise);

/** The packet that the form speaks of; the main side says what of it cannot be read. */
export function packetOf(draft: Draft): Packet {
  const { kind, source, destination } = draft;
  switch (kind) {
    case 'frame':
      return { kind, hex: draft.hex };
    case 'arp':
      return { kind, operation: draft.operation, sender: source, target: destination };
    case 'icmp':
      return { kind, source, destination, type: numberOf(draft.type, 8), code: numberOf(draft.code, 0) };
    default:
      return {
        kind,
        source,
        destination,
        sourcePort: numberOf(draft.sourcePort, 40_000),
        destinationPort: numberOf(draft.destinationPort, 80),
      };
  }
}

export type PresetName = 'web' | 'mail' | 'ping' | 'pose' | 'arpLie' | 'dhcpServer';

/** Things that a guest does, or that an attacker in it would. `own`: an address of the guest's. */
export function presets(own: string): Readonly<Record<PresetName, Partial<Draft>>> {
  const elsewhere = '192.0.2.1';
  const another = '192.0.2.99';
  return {
    web: { kind: 'tcp', source: own, destination: elsewhere, destinationPort: '443' },
    mail: { kind: 'tcp', source: own, destination: elsewhere, destinationPort: '25' },
    ping: { kind: 'icmp', source: own, destination: elsewhere, type: '8', code: '0' },
    pose: { kind: 'tcp', source: another, destination: elsewhere, destinationPort: '80' },
    arpLie: { kind: 'arp', operation: 'reply', source: another, destination: elsewhere },
    dhcpServer: { kind: 'udp', source: own, sourcePort: '67', destination: '255.255.255.255', destinationPort: '68' },
  };
}

export function questionOf(draft: Draft, subject: Question['subject']): Question {
  return { subject, packet: packetOf(draft), direction: draft.direction };
}
