import { describe, expect, it } from 'vitest';
import { findDefaults } from '../../../../../shared/plan/host-firewall/find-defaults.ts';
import { parseIptablesSave } from '../../../../../shared/plan/host-firewall/parse-iptables-save.ts';

function defaultsOf(policy: string, lines: string): readonly string[] {
  const names = [...new Set([...lines.matchAll(/-A (\S+)/g)].map(([, name]) => name))].filter(
    (name) => name !== 'FORWARD',
  );
  const chains = names.map((name) => `:${name} - [0:0]\n`).join('');
  const text = `*filter\n:FORWARD ${policy} [0:0]\n${chains}${lines}\nCOMMIT\n`;
  const [table] = parseIptablesSave(text, 'iptables-nft', 'ip');
  return table === undefined ? [] : findDefaults(table).map(({ hook, chain, at }) => `${hook} ${chain} ${at}`);
}

describe('findDefaults', () => {
  it.each([
    ['a policy', 'DROP', '', ['forward FORWARD 0']],
    ['no policy', 'ACCEPT', '-A FORWARD -s 10.0.0.1 -j DROP', []],
    ['a policy behind rules', 'DROP', '-A FORWARD -s 10.0.0.1 -j DROP', ['forward FORWARD 1']],
    ['a last drop', 'ACCEPT', '-A FORWARD -i a -j ACCEPT\n-A FORWARD -j DROP', ['forward FORWARD 1']],
    ['a last reject with a comment', 'ACCEPT', '-A FORWARD -m comment --comment x -j REJECT', ['forward FORWARD 0']],
    ['an accept of everything before the policy', 'DROP', '-A FORWARD -j ACCEPT', []],
    ['what only seems to be everything', 'ACCEPT', '-A FORWARD -m limit --limit 3/min -j DROP', []],
    [
      'a chain that drops all',
      'ACCEPT',
      '-A FORWARD -i a -j L\n-A FORWARD -j L\n-A L -j LOG\n-A L -j DROP',
      ['forward FORWARD 1'],
    ],
    ['a chain that drops the rest', 'ACCEPT', '-A FORWARD -j R\n-A R -i a -j ACCEPT\n-A R -j REJECT', ['forward R 1']],
    [
      'a chain that drops the rest, which others are sent to by name',
      'ACCEPT',
      '-A FORWARD -i b -j R\n-A FORWARD -j R\n-A R -i a -j ACCEPT\n-A R -j DROP',
      [],
    ],
    ['a chain that some come back from', 'ACCEPT', '-A FORWARD -j N\n-A N -i a -j RETURN\n-A N -j DROP', []],
    [
      'a chain that some come back from, before a policy',
      'DROP',
      '-A FORWARD -j N\n-A N -i a -j RETURN\n-A N -j DROP',
      ['forward FORWARD 1'],
    ],
    ['a loop', 'DROP', '-A FORWARD -j A\n-A A -j B\n-A B -j A', ['forward FORWARD 1']],
    [
      'what ufw sends back to its policy',
      'ACCEPT',
      '-A ufw-skip-to-policy-input -j DROP',
      ['input ufw-skip-to-policy-input 0'],
    ],
    ["the same of ufw's that accepts", 'ACCEPT', '-A ufw-skip-to-policy-input -j ACCEPT', []],
  ])('knows %s', (_name, policy, lines, places) => {
    expect(defaultsOf(policy, lines)).toEqual(places);
  });
});
