import { describe, expect, it } from 'vitest';
import { logDrops } from '../../../../../main/compiler/backends/nftables/log-drops.ts';
import type { Chain, Rule, Ruleset, Statement } from '../../../../../shared/plan/ruleset.ts';
import { writeRule } from '../../../../../shared/plan/write-statement.ts';

const rule = (statement: Statement, comment?: string, counter = comment !== undefined): Rule => ({
  ...(comment !== undefined && { comment }),
  matches: [{ match: 'compare', field: 'ip protocol', operator: '==', value: '6' }],
  counter,
  statement,
});
const ruleset = (chains: Readonly<Record<string, Chain>>): Ruleset => ({
  bridge: { chains, sets: {} },
  inet: { chains: {}, sets: {} },
});
const drop: Statement = { do: 'drop' };

/** Every chain as its rules, without the groups of the log; chains that are led to for logging as `end`. */
function shown(from: Ruleset): Readonly<Record<string, readonly string[]>> {
  const text = (each: Rule) =>
    writeRule(each)
      .replace(/limit rate.* queue-threshold 1/, 'log')
      .replace(/gw_(?:net_)?drop_\w+/, 'end');
  const { chains } = logDrops(from).bridge;
  return Object.fromEntries(
    Object.entries(chains).map(([name, { rules }]) => [name.replace(/^((?:net_)?)drop_\w+/, '$1end'), rules.map(text)]),
  );
}

describe('rules that log what they drop', () => {
  it('have the same matches, and lead to a chain that logs, counts and drops', () => {
    expect(shown(ruleset({ f_1: { rules: [rule(drop, 'a:1')] } }))).toEqual({
      f_1_l: ['ip protocol == 6 goto end comment "a:1"'],
      end: ['log comment "a:1"', 'counter drop comment "a:1"'],
    });
  });

  it.each<readonly [string, Rule, string]>([
    ['passes', rule({ do: 'accept' }, 'a:1'), 'ip protocol == 6 counter accept comment "a:1"'],
    ['has no name', rule(drop), 'ip protocol == 6 drop'],
    ['is not counted', rule(drop, 'net:other-networks', false), 'ip protocol == 6 drop comment "net:other-networks"'],
  ])('stay as they are where a rule %s', (_, each, text) => {
    expect(shown(ruleset({ f_1: { rules: [each] } }))).toEqual({ f_1: [text] });
  });

  it('share the chain of one name, but not of different ends, and networks have their own', () => {
    const reject: Statement = { do: 'reject', with: 'tcp-reset' };
    const chains = {
      f_1: { rules: [rule(drop, 'a:1'), rule(drop, 'a:1'), rule(reject, 'a:1')] },
      net_from: { rules: [rule(drop, 'net:home:source')] },
    };
    const names = Object.keys(logDrops(ruleset(chains)).bridge.chains);
    expect(names.filter((name) => name.startsWith('drop_'))).toHaveLength(2);
    expect(names.filter((name) => name.startsWith('net_drop_'))).toHaveLength(1);
  });

  it('give another name to every chain that leads there, however far, and none to a hook', () => {
    const chains: Readonly<Record<string, Chain>> = {
      hook: { base: 'frames-out', rules: [rule({ do: 'jump', chain: 'f_root' })] },
      f_root: { rules: [rule({ do: 'jump', chain: 'f_leaf' }), rule({ do: 'jump', chain: 'f_other' })] },
      f_leaf: { rules: [rule(drop, 'a:1')] },
      f_other: { rules: [rule({ do: 'accept' }, 'a:2')] },
    };
    expect(shown(ruleset(chains))).toMatchObject({
      hook: ['ip protocol == 6 jump gw_f_root_l'],
      f_root_l: ['ip protocol == 6 jump gw_f_leaf_l', 'ip protocol == 6 jump gw_f_other'],
      f_other: ['ip protocol == 6 counter accept comment "a:2"'],
    });
  });

  it('move the elements that led there', () => {
    const { sets } = logDrops({
      bridge: {
        chains: { f_1: { rules: [rule(drop, 'a:1')] } },
        sets: {
          frames_out: {
            definition: { kind: 'verdicts', key: 'ifname', fields: [] },
            elements: [{ port: 'vnet0', values: [], chain: 'f_1' }],
          },
        },
      },
      inet: { chains: {}, sets: {} },
    }).bridge;
    expect(sets['frames_out']?.elements).toEqual([{ port: 'vnet0', values: [], chain: 'f_1_l' }]);
  });
});
