import { describe, expect, it } from 'vitest';
import { doctorText, isHealthy } from '../../../main/cli/print/doctor-text.ts';
import type { Finding } from '../../../main/engine/examine.ts';

const dropped: Finding = {
  network: 'blue',
  code: 'dropped-by-name',
  severity: 'error',
  what: "In the host's firewall, a rule drops what guests send out (IPv4).",
  culprit: {
    place: 'iptables table filter chain FORWARD',
    rule: '-A FORWARD -i gwbr0 -m comment --comment "\u001b[2J" -j DROP',
  },
  cure: { cure: { cure: 'loose-rp-filter', device: 'eth0' }, sentence: 'Put accepts first.' },
};
const passed: Finding = {
  network: 'blue',
  code: 'accepts-stand',
  severity: 'info',
  what: 'Three accepts stand.',
  culprit: { place: 'iptables filter FORWARD' },
  manual: 'Nothing is to be done.',
};

describe('doctorText', () => {
  it('names findings by network, with place and help, and lets no word of others steer the terminal', () => {
    const networks = [
      { name: 'blue', active: true },
      { name: 'green', active: true },
      { name: 'red', active: false },
    ];
    expect(doctorText(networks, [dropped, passed])).toBe(`Network blue: 1 finding
  error: In the host's firewall, a rule drops what guests send out (IPv4).
    at: iptables table filter chain FORWARD: -A FORWARD -i gwbr0 -m comment --comment "?[2J" -j DROP
    cure (--fix): Put accepts first.
  note: Three accepts stand.
    at: iptables filter FORWARD
    Nothing is to be done.

Network green: healthy

Network red: not started, nothing in its way
`);
  });

  it('says so where there is nothing to look at', () => {
    expect(doctorText([], [])).toBe('There are no networks to look at.\n');
  });
});

describe('isHealthy', () => {
  it('asks whether anything is to be done', () => {
    expect(isHealthy([passed])).toBe(true);
    expect(isHealthy([passed, { ...dropped, severity: 'warning' }])).toBe(false);
  });
});
