import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft, packetOf, presets } from '../../../../renderer/features/packet/draft.ts';

describe('what the form speaks of', () => {
  it.each<[string, Partial<Draft>, object]>([
    ['TCP', { source: '10.0.0.2', destinationPort: '25' }, { kind: 'tcp', source: '10.0.0.2', destinationPort: 25 }],
    ['a port that is no number', { destinationPort: 'x' }, { destinationPort: 80 }],
    ['ICMP', { kind: 'icmp', type: '3', code: '1' }, { kind: 'icmp', type: 3, code: 1 }],
    [
      'ARP',
      { kind: 'arp', source: '10.0.0.2', destination: '10.0.0.9' },
      { kind: 'arp', sender: '10.0.0.2', target: '10.0.0.9' },
    ],
    ['a frame', { kind: 'frame', hex: 'ff' }, { kind: 'frame', hex: 'ff' }],
  ])('%s', (_, part, packet) => {
    expect(packetOf({ ...emptyDraft, ...part })).toMatchObject(packet);
  });

  it('poses as somebody else in one example, and speaks as the guest in the others', () => {
    const all = presets('10.0.0.2');
    expect(all.pose.source).not.toBe('10.0.0.2');
    expect([all.web.source, all.mail.source, all.ping.source]).toEqual(['10.0.0.2', '10.0.0.2', '10.0.0.2']);
  });
});
