import { describe, expect, it } from 'vitest';
import { ruleComment } from '../../../../main/compiler/backends/nftables/rule-comment.ts';
import { ownerOf } from '../../../../main/engine/drops/owner-of.ts';
import type { Workspace } from '../../../../main/engine/workspace.ts';
import { networkComment } from '../../../../main/networks/rules/network-rule.ts';

const long = 'a'.repeat(120);
const names = ['own', 'net:home', 'grüße', 'a_b', 'a*b', long];
const workspace = {
  filters: new Map(names.map((name) => [name, { file: `${name}.xml` }])),
  setups: { home: {}, 'büro:1': {} },
} as unknown as Workspace;

const rule = (filter: string, line: number) => ({ rule: { filter, file: `${filter}.xml`, line } });

describe('whose rule it is', () => {
  it.each<[string, string, object | undefined]>([
    ['a filter’s', 'own:3', rule('own', 3)],
    ['a filter’s that is called like a network’s rule', 'net:home:3', rule('net:home', 3)],
    ['a filter’s with letters that a comment does not take', ruleComment('grüße', 4), rule('grüße', 4)],
    ['a filter’s with a name that is too long for a comment', ruleComment(long, 12), rule(long, 12)],
    ['the one’s that has the very name, where two come to the same', ruleComment('a*b', 5), rule('a_b', 5)],
    ['a network’s', 'net:home:source', { network: 'home' }],
    ['a network’s with letters that a comment does not take', networkComment('büro:1', 'nat'), { network: 'büro:1' }],
    ['a network’s that is stopped by now', 'net:gone:source', { network: 'gone' }],
    ['a filter’s that is no more', 'gone:3', undefined],
    ['nobody’s', 'docker', undefined],
  ])('%s: %s', (_, comment, owner) => {
    expect(ownerOf(comment, workspace)).toEqual(owner);
  });
});
