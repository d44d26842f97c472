import { describe, expect, it } from 'vitest';
import { parseCounters } from '../../../main/helper/counters.ts';
import { explainNftFailure } from '../../../main/helper/kernel-failure.ts';
import type { Operation } from '../../../shared/plan/plan.ts';
import { writeNft } from '../../../shared/plan/write-nft.ts';

describe('what nft says', () => {
  const family = 'bridge';
  const rule = { comment: 'no-spoofing:12', matches: [], counter: false, statement: { do: 'drop' } as const };
  const operations: readonly Operation[] = [
    { op: 'add-chain', family, chain: 'leaf', content: { rules: [{ ...rule, comment: 'other:1' }, rule] } },
    {
      op: 'add-elements',
      family,
      set: 'mac',
      elements: ['a', 'b'].map((port) => ({ port, values: ['52:54:00:00:00:01'] })),
    },
  ];
  const text = writeNft(operations, { generation: 1, marker: '1 a', forgotten: [], fresh: false });
  const lineOf = (part: string) => text.text.split('\n').findIndex((line) => line.includes(part)) + 1;
  const explain = (stderr: string) => explainNftFailure({ kind: 'refused', stderr }, operations, text);
  const included = 'In file included from /dev/stdin:1:1-27:\n';

  it('leads back to the rule', () => {
    const line = lineOf('no-spoofing:12');
    const stderr = `${included}/proc/self/fd/3:${line}:1-40: Error: Could not process rule: Protocol error\nadd rule\n^^^^\n`;
    expect(explain(stderr)).toEqual({
      kind: 'kernel-refused',
      operation: 0,
      rule: 1,
      comment: 'no-spoofing:12',
      line: 'add rule bridge guestward gw_leaf drop comment "no-spoofing:12"',
      message: 'Could not process rule: Protocol error',
    });
  });

  it('leads back to the element', () => {
    const stderr = `${included}/proc/self/fd/3:${lineOf('"b"')}:1-9: Error: Could not process rule: File exists\n`;
    expect(explain(stderr)).toMatchObject({
      operation: 1,
      line: '"b" . 52:54:00:00:00:01 }',
      message: 'Could not process rule: File exists',
    });
  });

  it.each([
    ['a line of the writer', `${included}/proc/self/fd/3:1:1-9: Error: syntax error\n`, 'syntax error'],
    [
      'no line',
      'netlink: Error: Could not process rule: Too many open files\n',
      'Could not process rule: Too many open files',
    ],
    ['something else', 'Killed', 'Killed'],
  ])('is passed on where it names %s', (_, stderr, message) => {
    expect(explain(stderr)).toMatchObject({ kind: 'kernel-refused', message });
  });
});

describe('counters', () => {
  it('are those of the rules that count', () => {
    const counter = { counter: { packets: 3, bytes: 200 } };
    const base = { family: 'bridge', table: 'guestward', chain: 'gw_leaf', handle: 4 };
    const listing = {
      nftables: [
        { metainfo: { version: '1.0.6' } },
        { table: { family: 'bridge', name: 'guestward', handle: 1 } },
        { chain: { ...base, name: 'gw_leaf' } },
        { rule: { ...base, comment: 'f:1', expr: [{ match: { op: '==' } }, counter, { drop: null }] } },
        { rule: { ...base, expr: [{ accept: null }] } },
        { rule: { ...base, expr: [counter, { jump: { target: 'gw_x' } }] } },
        { rule: { ...base, expr: ['an expression that nft has no JSON for', counter] } },
      ],
    };
    expect(parseCounters('bridge', JSON.stringify(listing))).toEqual([
      { family: 'bridge', chain: 'leaf', comment: 'f:1', verdict: 'drop', packets: 3, bytes: 200 },
      { family: 'bridge', chain: 'leaf', verdict: 'jump', packets: 3, bytes: 200 },
      { family: 'bridge', chain: 'leaf', packets: 3, bytes: 200 },
    ]);
  });
});
