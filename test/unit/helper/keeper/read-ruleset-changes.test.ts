import { describe, expect, it } from 'vitest';
import { type RulesetChange, readRulesetChanges } from '../../../../main/helper/keeper/read-ruleset-changes.ts';

function changesIn(...texts: readonly string[]): readonly RulesetChange[] {
  const changes: RulesetChange[] = [];
  const read = readRulesetChanges((change) => changes.push(change));
  for (const text of texts) read(text);
  return changes;
}

const end = '# new generation 12 by process 77 (nft)\n';
const marker = 'add element bridge guestward gw_generation { 0x00000002 comment "2 def" }\n';
const none = { touchesOthers: false, takes: undefined, isOwn: false, makesTable: false };

describe('a transaction as nft monitor tells it', () => {
  it.each<readonly [string, string, Partial<RulesetChange>]>([
    [
      'a rule in a table of another',
      'add rule ip filter FORWARD counter packets 0 bytes 0 drop\n',
      { touchesOthers: true },
    ],
    ['a table of another that goes', 'delete table inet firewalld\n', { touchesOthers: true }],
    ['a chain in a table of another', 'add chain ip6 filter DOCKER { }\n', { touchesOthers: true }],
    ['a table of our name in another family', 'delete table ip6 guestward\n', {}],
    ['a rule that somebody adds to ours', 'add rule inet guestward gw_x accept\n', {}],
    ['a rule of ours that goes', 'delete rule bridge guestward gw_x handle 4\n', { takes: 'parts' }],
    [
      'a rule of ours that is put in the place of another',
      'replace rule inet guestward gw_x accept\n',
      { takes: 'parts' },
    ],
    [
      'an element of ours that goes',
      'delete element bridge guestward gw_p { "vnet0" . 52:54:00:00:00:01 }\n',
      { takes: 'parts' },
    ],
    [
      'a table of ours that goes',
      'delete rule inet guestward gw_b handle 2\ndelete chain inet guestward gw_b\ndelete table inet guestward\n',
      { takes: 'tables' },
    ],
    [
      'everything that goes',
      'delete set bridge guestward gw_generation\ndelete table bridge guestward\ndelete table ip nat\n',
      { takes: 'tables', touchesOthers: true },
    ],
    ['a change of our own', `delete rule bridge guestward gw_x handle 4\n${marker}`, { takes: 'parts', isOwn: true }],
    [
      'all of our rules anew',
      `delete table bridge guestward\nadd table bridge guestward\n${marker}`,
      { takes: 'tables', isOwn: true, makesTable: true },
    ],
    ['nothing that is understood', 'comme il faut\n\n', {}],
  ])('%s', (_, lines, expected) => {
    expect(changesIn(`${lines}${end}`)).toEqual([{ ...none, ...expected, by: { pid: 77, program: 'nft' } }]);
  });

  it('is told at its end, wherever the text is cut', () => {
    const text = `delete table inet guestward\n${end}add table ip nat\n${end}`;
    for (let at = 0; at < text.length; at += 1) {
      expect(changesIn(text.slice(0, at), text.slice(at))).toMatchObject([
        { takes: 'tables' },
        { touchesOthers: true },
      ]);
    }
    expect(changesIn('delete table inet guestward\n')).toEqual([]);
  });

  it('does not grow with a line that does not end', () => {
    expect(changesIn(...Array.from({ length: 100 }, () => 'x'.repeat(10_000)), `\n${end}`)).toMatchObject([none]);
  });
});
