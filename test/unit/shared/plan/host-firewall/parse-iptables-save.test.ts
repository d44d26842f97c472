import { describe, expect, it } from 'vitest';
import { parseIptablesSave } from '../../../../../shared/plan/host-firewall/parse-iptables-save.ts';

const rulesOf = (lines: string) =>
  parseIptablesSave(
    `*filter\n:FORWARD DROP [1:2]\n:MINE - [0:0]\n${lines}\nCOMMIT\n`,
    'iptables-nft',
    'ip',
  )[0]?.chains.get('FORWARD')?.rules ?? [];

describe('parseIptablesSave', () => {
  it.each([
    [
      '-i br0 ! -o br1',
      [
        ['iif', false, ['br0']],
        ['oif', true, ['br1']],
      ],
    ],
    ['-i br+', [['iif', false, ['br*']]]],
    [
      '-s 10.0.0.0/8 -d 10.0.0.1/32',
      [
        ['saddr', false, ['10.0.0.0/8']],
        ['daddr', false, ['10.0.0.1']],
      ],
    ],
    ['-s 10.0.0.0/255.0.0.0', [['saddr', false, ['10.0.0.0/8']]]],
    [
      '-p tcp -m tcp --dport 22:30',
      [
        ['protocol', false, ['tcp']],
        ['dport', false, ['22-30']],
      ],
    ],
    [
      '-p udp -m multiport --dports 67,53',
      [
        ['protocol', false, ['udp']],
        ['dport', false, ['53', '67']],
      ],
    ],
    ['-p ipv6-icmp', [['protocol', false, ['icmpv6']]]],
    ['-m conntrack --ctstate RELATED,ESTABLISHED,DNAT', [['ct-state', false, ['dnat', 'established', 'related']]]],
    ['-m iprange --src-range 10.0.0.1-10.0.0.9', [['saddr', false, ['10.0.0.1-10.0.0.9']]]],
    [
      '-m limit --limit 3/min --limit-burst 10',
      [
        ['unknown', false, ['--limit 3/min']],
        ['unknown', false, ['--limit-burst 10']],
      ],
    ],
    ['-m addrtype ! --dst-type LOCAL', [['unknown', true, ['--dst-type LOCAL']]]],
    ['-m comment --comment "a \\"b\\" -j ACCEPT"', []],
  ] as const)('understands %s', (words, matches) => {
    const [rule] = rulesOf(`-A FORWARD ${words} -j DROP`);
    expect(rule?.matches.map(({ key, negated, values }) => [key, negated, values])).toEqual(matches);
    expect(rule?.verdict).toEqual({ kind: 'drop' });
  });

  it.each([
    ['-j ACCEPT', { kind: 'accept' }],
    ['-j REJECT --reject-with icmp-port-unreachable', { kind: 'reject' }],
    ['-j RETURN', { kind: 'return' }],
    ['-j MINE', { kind: 'jump', chain: 'MINE' }],
    ['-g MINE', { kind: 'goto', chain: 'MINE' }],
    ['-j LOG --log-prefix "-j DROP "', { kind: 'none' }],
    ['-j NFQUEUE --queue-num 1', { kind: 'unknown' }],
    ['', { kind: 'none' }],
  ])('knows what becomes of a packet by %s', (words, verdict) => {
    expect(rulesOf(`-A FORWARD ${words}`)[0]?.verdict).toEqual(verdict);
  });

  it('reads a comment with quotes in it', () => {
    expect(rulesOf('-A FORWARD -m comment --comment "a \\"b\\" \\\\c" -j DROP')[0]?.comment).toBe('a "b" \\c');
  });

  it('reads the tables that filter, with hooks and policies', () => {
    const text =
      '# x\n*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*mangle\n:FORWARD ACCEPT [0:0]\n:INPUT DROP [0:0]\nCOMMIT\n';
    const tables = parseIptablesSave(text, 'iptables-legacy', 'ip6');
    expect(tables.map(({ name, tool, family }) => [name, tool, family])).toEqual([
      ['mangle', 'iptables-legacy', 'ip6'],
    ]);
    expect([...(tables[0]?.chains.values() ?? [])]).toEqual([
      { name: 'FORWARD', hook: 'forward', priority: -150, policy: 'accept', rules: [] },
      { name: 'INPUT', hook: 'input', priority: -150, policy: 'drop', rules: [] },
    ]);
  });

  it.each([
    '',
    '*',
    '*filter',
    '*filter\n-A',
    '*filter\n:A\n-A A -m',
    '*filter\n:A - [0:0]\n-A A ! "',
    '\u0000*filter\n:\n',
  ])('takes %j for what it is', (text) => {
    expect(() => parseIptablesSave(text, 'iptables-nft', 'ip')).not.toThrow();
  });
});
