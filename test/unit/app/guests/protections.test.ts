import { describe, expect, it } from 'vitest';
import { newConnection } from '../../../../main/compiler/evaluate/connection-view.ts';
import { evaluatePolicy } from '../../../../main/compiler/evaluate/evaluate-policy.ts';
import { composeFilter, noProtection, protectionsOf } from '../../../../renderer/features/guests/compose-filter.ts';
import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import { resolveCase } from '../../../conformance/resolve-case.ts';
import { icmpMessage, tcpFlag, tcpSegment, udpDatagram } from '../../../frames/transport.ts';
import { guest, ipFrame, ipv4 } from '../../compiler/evaluate/ends.ts';

const udp = (direction: 'in' | 'out', family: 'ipv4' | 'ipv6', source: number, destination: number) =>
  ipFrame(direction, family, 17, (ends) => udpDatagram(ends, { source, destination }));
const tcp = (direction: 'in' | 'out', family: 'ipv4' | 'ipv6', flags: number) =>
  ipFrame(direction, family, 6, (ends) => tcpSegment(ends, { source: 40_000, destination: 22 }, { flags }));
const icmp6 = (direction: 'in' | 'out', type: number) =>
  ipFrame(direction, 'ipv6', 58, (ends) => icmpMessage(ends, { type }));
const posing = ipFrame('out', 'ipv4', 17, (ends) => udpDatagram(ends, { source: 5000, destination: 53 }), {
  ends: { source: ipv4('10.33.8.132') },
});

const frames = {
  'out: a call': ['out', tcp('out', 'ipv4', tcpFlag.syn), 'NEW'],
  'out: as another address': ['out', posing, 'NEW'],
  'out: DHCP request': ['out', udp('out', 'ipv4', 68, 67), 'NEW'],
  'out: DHCP offer': ['out', udp('out', 'ipv4', 67, 68), 'NEW'],
  'out: DHCP offer, an answer': ['out', udp('out', 'ipv4', 67, 68), 'ESTABLISHED'],
  'out: DHCPv6 offer': ['out', udp('out', 'ipv6', 547, 546), 'NEW'],
  'out: router advertisement': ['out', icmp6('out', 134), 'NEW'],
  'out: neighbour solicitation': ['out', icmp6('out', 135), 'NEW'],
  'in: a call': ['in', tcp('in', 'ipv4', tcpFlag.syn), 'NEW'],
  'in: a call over IPv6': ['in', tcp('in', 'ipv6', tcpFlag.syn), 'NEW'],
  'in: an answer': ['in', tcp('in', 'ipv4', tcpFlag.ack), 'ESTABLISHED'],
  'in: DHCP offer': ['in', udp('in', 'ipv4', 67, 68), 'NEW'],
  'in: router advertisement': ['in', icmp6('in', 134), 'UNTRACKED'],
} as const;
type Name = keyof typeof frames;

/** The frames that do not pass. */
function stopped(wanted: Partial<typeof noProtection>): readonly string[] {
  const composed = composeFilter('vnet0', { ...noProtection, ...wanted });
  if (composed === undefined) throw new Error('nothing was composed');
  const resolved = resolveCase({
    name: 'protections',
    filter: composed.name,
    mac: formatMac(guest.mac),
    params: { IP: [formatIpv4(guest.ipv4)] },
    filters: composed.text === undefined ? {} : { [composed.name]: composed.text },
  });
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
  return (Object.keys(frames) as Name[]).filter((name) => {
    const [direction, frame, state] = frames[name];
    const connection = { ...newConnection, state };
    return evaluatePolicy(resolved.value, frame, direction, connection).verdict !== 'accept';
  });
}

const servers = [
  'out: DHCP offer',
  'out: DHCP offer, an answer',
  'out: DHCPv6 offer',
  'out: router advertisement',
] as const;
const calls = ['in: a call', 'in: a call over IPv6'] as const;

describe('of these frames, the protections of a guest stop', () => {
  it('what hands out addresses', () => {
    expect(stopped({ servers: true })).toEqual(servers);
  });
  it('calls from outside, and no answer, offer or advertisement', () => {
    expect(stopped({ answers: true })).toEqual(calls);
  });
  it('both', () => {
    expect(stopped({ servers: true, answers: true })).toEqual([...servers, ...calls]);
  });
  it('another identity, and IPv6, which clean-traffic knows nothing of', () => {
    expect(stopped({ identity: true })).toEqual([
      'out: as another address',
      'out: DHCPv6 offer',
      'out: router advertisement',
      'out: neighbour solicitation',
      'in: a call over IPv6',
      'in: router advertisement',
    ]);
  });
  it('all of it', () => {
    expect(stopped({ identity: true, servers: true, answers: true })).toEqual([
      'out: as another address',
      'out: DHCP offer',
      'out: DHCP offer, an answer',
      'out: DHCPv6 offer',
      'out: router advertisement',
      'out: neighbour solicitation',
      'in: a call',
      'in: a call over IPv6',
      'in: router advertisement',
    ]);
  });
});

describe('the protections that a filter gives', () => {
  const written = composeFilter('vnet0', { identity: true, servers: false, answers: true })?.text ?? '';
  const stored = written.replace('>\n', '>\n  <uuid>11111111-2222-4333-8444-555555555555</uuid>\n');
  it.each([
    ['no filter', undefined, undefined, noProtection],
    ['clean-traffic', 'clean-traffic', '<filter/>', { ...noProtection, identity: true }],
    ['one that was written for the NIC', 'guest-vnet0', stored, { identity: true, servers: false, answers: true }],
    ['one that was edited since', 'guest-vnet0', stored.replace('500', '501'), undefined],
    ["another guest's", 'guest-vnet1', stored, undefined],
    ['some other filter', 'no-spoofing', '<filter/>', undefined],
  ])('%s', (_, filter, text, protections) => {
    expect(protectionsOf('vnet0', filter, text)).toEqual(protections);
  });
});
