import { describe, expect, it } from 'vitest';
import { hold } from '../../../../main/networks/doctor/hold.ts';
import type { HostMatchKey } from '../../../../shared/plan/host-firewall/host-rules.ts';
import type { Accept } from '../../../../shared/plan/network-setup.ts';

const out: Accept = { hook: 'forward', family: 'ipv4', iif: 'gwbr0', saddr: '10.7.0.0/24' };
const dns: Accept = { hook: 'input', family: 'ipv4', iif: 'gwbr0', protocol: 'udp', dports: { low: 53, high: 53 } };
const answers: Accept = { hook: 'forward', family: 'ipv6', oif: 'gwbr0', connection: 'established' };

describe('hold', () => {
  it.each<[Accept, HostMatchKey, readonly string[], string]>([
    [out, 'iif', ['gwbr0'], 'all'],
    [out, 'iif', ['gw*'], 'all'],
    [out, 'iif', ['eth0', 'gwbr0'], 'all'],
    [out, 'iif', ['eth0'], 'none'],
    [out, 'oif', ['eth0'], 'some'],
    [out, 'oif', ['*'], 'all'],
    [dns, 'oif', ['eth0'], 'none'],
    [out, 'saddr', ['10.0.0.0/8'], 'all'],
    [out, 'saddr', ['10.7.0.9'], 'some'],
    [out, 'saddr', ['10.8.0.0/16'], 'none'],
    [out, 'saddr', ['10.7.0.0-10.7.0.255'], 'all'],
    [out, 'saddr', ['fe80::/10'], 'none'],
    [out, 'saddr', ['a name'], 'some'],
    [out, 'daddr', ['192.0.2.1'], 'some'],
    [out, 'daddr', ['0.0.0.0/0'], 'all'],
    [out, 'protocol', ['tcp'], 'some'],
    [dns, 'protocol', ['tcp', 'udp'], 'all'],
    [dns, 'protocol', ['tcp'], 'none'],
    [dns, 'dport', ['50-60'], 'all'],
    [dns, 'dport', ['67'], 'none'],
    [{ ...dns, dports: { low: 50, high: 60 } }, 'dport', ['53'], 'some'],
    [dns, 'sport', ['53'], 'some'],
    [dns, 'family', ['ipv6'], 'none'],
    [dns, 'ct-state', ['established', 'related'], 'none'],
    [dns, 'ct-state', ['new'], 'all'],
    [answers, 'ct-state', ['established'], 'all'],
    [answers, 'ct-state', ['invalid', 'new'], 'none'],
    [{ ...out, connection: 'dnat' }, 'ct-state', ['dnat'], 'all'],
    [out, 'unknown', ['--dst-type LOCAL'], 'some'],
  ])('for %j, %s %j holds for %s', (promise, key, values, held) => {
    expect(hold({ key, negated: false, values }, promise)).toBe(held);
    const opposite: Record<string, string> = { all: 'none', none: 'all', some: 'some' };
    expect(hold({ key, negated: true, values }, promise)).toBe(opposite[held]);
  });
});
