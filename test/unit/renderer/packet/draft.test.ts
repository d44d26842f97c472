import { describe, expect, it } from 'vitest';
import {
  type Draft,
  emptyDraft,
  type PresetName,
  presets,
  problemsOf,
  questionOf,
  turned,
} from '../../../../renderer/features/packet/draft.ts';

const own = '10.0.0.2';
const subject = { of: 'nic', device: 'vnet0' } as const;
const frame = 'ff'.repeat(14);

describe('what the form asks', () => {
  it.each<[string, Partial<Draft>, object]>([
    ['TCP', { source: '10.0.0.3', destinationPort: '25' }, { source: '10.0.0.3', destinationPort: 25 }],
    ['an empty source: the address of the guest', { kind: 'udp' }, { kind: 'udp', source: own }],
    ['ICMP', { kind: 'icmp', type: '3', code: '1' }, { kind: 'icmp', type: 3, code: 1 }],
    ['ARP', { kind: 'arp', destination: '10.0.0.9' }, { kind: 'arp', sender: own, target: '10.0.0.9' }],
    ['a frame', { kind: 'frame', hex: frame }, { kind: 'frame', hex: frame }],
  ])('%s', (_, part, packet) => {
    expect(questionOf({ ...emptyDraft, ...part }, own, subject)).toMatchObject({ subject, packet, direction: 'out' });
  });

  it.each<[string, Partial<Draft>, object]>([
    ['the first packet of a connection', {}, {}],
    ['a later one', { stage: 'going' }, { connection: { state: 'ESTABLISHED', direction: 'original' } }],
    ['an answer', { stage: 'answer' }, { connection: { state: 'ESTABLISHED', direction: 'reply' } }],
    ['ARP, which has no connections', { kind: 'arp', stage: 'answer' }, {}],
    ['another card', { sourceMac: '52:54:00:00:00:99' }, { sourceMac: '52:54:00:00:00:99' }],
    ['a frame, which has its own', { kind: 'frame', hex: frame, sourceMac: '52:54:00:00:00:99' }, {}],
  ])('%s', (_, part, more) => {
    const {
      subject: _subject,
      packet: _packet,
      direction: _direction,
      ...rest
    } = questionOf({ ...emptyDraft, ...part }, own, subject);
    expect(rest).toEqual(more);
  });
});

describe('what is wrong is said of its field', () => {
  it.each<[string, Partial<Draft>, object]>([
    ['nothing', {}, {}],
    ['no address', { source: '10.0.0', destination: '' }, { source: 'ip', destination: 'ip' }],
    ['nowhere that it comes from', { direction: 'in', source: '' }, { source: 'ip' }],
    ['two families', { destination: '2001:db8::1' }, { destination: 'family' }],
    ['both of IPv6', { source: '2001:db8::2', destination: '2001:db8::1' }, {}],
    ['ports', { sourcePort: 'x', destinationPort: '65536' }, { sourcePort: 'port', destinationPort: 'port' }],
    ['ICMP has no ports', { kind: 'icmp', destinationPort: 'x' }, {}],
    ['ICMP', { kind: 'icmp', type: '256', code: '' }, { type: 'octet', code: 'octet' }],
    ['ARP of IPv6', { kind: 'arp', source: 'fe80::1' }, { source: 'ipv4' }],
    ['a MAC address', { sourceMac: '52:54:00' }, { sourceMac: 'mac' }],
    ['half a byte', { kind: 'frame', hex: `${frame}0` }, { hex: 'frame' }],
    ['a short frame', { kind: 'frame', hex: 'ff' }, { hex: 'frame' }],
    ['a frame with blanks and colons', { kind: 'frame', hex: `${frame}\n00:11` }, {}],
  ])('%s', (_, part, problems) => {
    expect(problemsOf({ ...emptyDraft, ...part }, own)).toEqual(problems);
  });
});

it('has nothing wrong in any example, for guests of IPv4', () => {
  for (const name of Object.keys(presets(own)) as PresetName[]) {
    expect([name, problemsOf({ ...emptyDraft, ...presets(own)[name] }, own)]).toEqual([name, {}]);
  }
});

it('poses as somebody else in one example, and speaks as the guest in the others', () => {
  const all = presets(own);
  expect(all.pose.source).not.toBe(own);
  expect([all.web.source, all.mail.source, all.ping.source]).toEqual([undefined, undefined, undefined]);
});

it('sent the other way, it comes from where it went', () => {
  const there = { ...emptyDraft, destination: '192.0.2.7' };
  const back = turned(there, own);
  expect(back).toMatchObject({ direction: 'in', source: '192.0.2.7', sourcePort: '80', destination: own });
  expect(turned(back, own)).toEqual({ ...there, source: own });
});
