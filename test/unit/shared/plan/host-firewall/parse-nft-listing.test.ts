import { describe, expect, it } from 'vitest';
import { parseNftListing } from '../../../../../shared/plan/host-firewall/parse-nft-listing.ts';

const inTable = { family: 'inet', table: 't' };
const base = { chain: { ...inTable, name: 'c', type: 'filter', hook: 'forward', prio: 10, policy: 'drop' } };
const listing = (...parts: readonly object[]) =>
  JSON.stringify({ nftables: [{ table: { family: 'inet', name: 't', flags: 'owner' } }, base, ...parts] });
const rulesOf = (...expr: readonly unknown[]) =>
  parseNftListing(
    listing(
      {
        set: {
          ...inTable,
          name: 's',
          elem: ['10.0.0.1', { elem: { val: { prefix: { addr: '10.1.0.0', len: 16 } } } }],
        },
      },
      { rule: { ...inTable, chain: 'c', handle: 7, comment: 'mine', expr } },
    ),
  )[0]?.chains.get('c')?.rules ?? [];

const match = (left: object, right: unknown, op = '==') => ({ match: { op, left, right } });
const meta = (key: string) => ({ meta: { key } });
const payload = (protocol: string, field: string) => ({ payload: { protocol, field } });

describe('parseNftListing', () => {
  it.each([
    [match(meta('iifname'), { set: ['br*', 'tun0'] }), ['iif=br*,tun0']],
    [match(meta('oif'), 'lo', '!='), ['!oif=lo']],
    [match(meta('l4proto'), 'ipv6-icmp'), ['protocol=icmpv6']],
    [match(payload('udp', 'dport'), { set: [53, { range: [67, 69] }] }), ['protocol=udp', 'dport=53,67-69']],
    [match(payload('ip', 'saddr'), { prefix: { addr: '10.0.0.0', len: 8 } }), ['family=ipv4', 'saddr=10.0.0.0/8']],
    [match(payload('ip', 'daddr'), { range: ['10.0.0.1', '10.0.0.5'] }), ['family=ipv4', 'daddr=10.0.0.1-10.0.0.5']],
    [match(payload('ip', 'saddr'), '@s'), ['family=ipv4', 'saddr=10.0.0.1,10.1.0.0/16']],
    [match(payload('ip', 'saddr'), '@gone'), ['family=ipv4', 'unknown']],
    [match({ ct: { key: 'state' } }, ['established', 'related'], 'in'), ['ct-state=established,related']],
    [match({ ct: { key: 'status' } }, 'dnat', 'in'), ['ct-state=dnat']],
    [match({ concat: [meta('iifname'), meta('oifname')] }, { set: [] }), ['unknown']],
    [match(meta('mark'), 1), ['unknown']],
    [{ limit: { rate: 3 } }, ['unknown']],
    ['what nft has no JSON for', ['unknown']],
    [{ counter: { packets: 1, bytes: 2 } }, []],
    [{ log: { prefix: 'x' } }, []],
    [{ xt: { type: 'match', name: 'comment' } }, []],
    [{ xt: { type: 'match', name: 'conntrack' } }, ['unknown']],
  ])('understands %j', (statement, matches) => {
    const [rule] = rulesOf(statement, { drop: null });
    expect(
      rule?.matches.map(({ key, negated, values }) =>
        key === 'unknown' ? key : `${negated ? '!' : ''}${key}=${values.join(',')}`,
      ),
    ).toEqual(matches);
    expect(rule).toMatchObject({ handle: 7, comment: 'mine', verdict: { kind: 'drop' } });
  });

  it('makes a rule of every way of a verdict map', () => {
    const data = {
      set: [
        ['invalid', { drop: null }],
        ['new', { jump: { target: 'x' } }],
      ],
    };
    expect(rulesOf({ vmap: { key: { ct: { key: 'state' } }, data } }).map(({ text }) => text)).toEqual([
      'ct state invalid drop',
      'ct state new jump x',
    ]);
  });

  it('reads hooks, policies and owners', () => {
    const [table] = parseNftListing(listing());
    expect(table).toMatchObject({ tool: 'nft', family: 'inet', name: 't', owned: true });
    expect(table?.chains.get('c')).toMatchObject({ hook: 'forward', priority: 10, policy: 'drop' });
  });

  it.each([
    '',
    'x',
    'null',
    '{"nftables":1}',
    '{"nftables":[null,1,{"table":1},{"chain":{"family":"ip"}},{"rule":{"family":"ip","table":"t","expr":[[],null]}}]}',
    listing({
      rule: {
        ...inTable,
        chain: 'c',
        expr: [{ match: null }, { match: { left: 1 } }, { vmap: { data: { set: [1, []] } } }],
      },
    }),
    listing({
      rule: { ...inTable, chain: 'c', expr: [{ jump: 1 }, { xt: 'x' }, { match: { op: 'in', left: { payload: 1 } } }] },
    }),
  ])('takes %s for what it is', (text) => {
    expect(() => parseNftListing(text)).not.toThrow();
  });
});
