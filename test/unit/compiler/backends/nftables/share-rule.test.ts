import { describe, expect, test } from 'vitest';
import type { FieldContext } from '../../../../../main/compiler/backends/nftables/header-fields.ts';
import { type ShareContext, shareRule } from '../../../../../main/compiler/backends/nftables/share-rule.ts';
import type { Policy, PolicyRule } from '../../../../../main/compiler/policy/policy.ts';
import type { Parameters } from '../../../../../shared/nwfilter/filter-document.ts';
import { writeRule } from '../../../../../shared/plan/write-statement.ts';
import { expectPolicy } from '../../resolve/resolve.ts';

interface Nic {
  readonly mac?: bigint;
  readonly parameters?: Parameters;
}

const contexts = { ip: 'ipv4', ipv6: 'ipv6', arp: 'arp', rarp: 'rarp' } as const;

function rulesOf({ frames, packets }: Policy): readonly PolicyRule[] {
  const { root } = frames.out;
  return [...root.flatMap((entry) => ('chain' in entry ? [] : [entry])), ...packets.out.ipv4, ...packets.out.ipv6];
}

/** The nft rules for the outgoing side of one rule, as text, with what they look up. */
function share(element: string, nic: Nic = {}, given: Partial<ShareContext> & { readonly action?: string } = {}) {
  const { action = 'drop', ...context } = given;
  const policy = expectPolicy(
    { top: `<rule action='${action}' direction='out' statematch='false'>${element}</rule>` },
    nic,
  );
  const [rule] = rulesOf(policy);
  const name = /^<([a-z0-9]+)/.exec(element)?.[1] ?? '';
  const isPacket = policy.frames.out.root.length === 0;
  const family: FieldContext = isPacket ? (policy.packets.out.ipv6.length > 0 ? 'ipv6' : 'ipv4') : 'other';
  const { rules, values, counters } = shareRule(rule as PolicyRule, {
    key: isPacket ? 'mark' : 'iifname',
    context: contexts[name as keyof typeof contexts] ?? family,
    answersRejects: isPacket,
    ...context,
  });
  return { rules, text: rules.map(writeRule), values, counters };
}

/** Rules as text, without their counter and comment, and with the names of sets left out. */
const short = (text: readonly string[]): readonly string[] =>
  text.map((line) =>
    line
      .replace(/ ?counter | ?comment ".*"$/g, ' ')
      .replaceAll(/@gw_\w+/g, '@set')
      .trim(),
  );

const one: Nic = { mac: 0x525400000001n, parameters: { IP: ['10.0.0.1'], PORT: ['80'] } };
const other: Nic = { mac: 0x525400000002n, parameters: { IP: ['10.1.0.2'], PORT: ['443'] } };

describe('NICs that differ in their own values alone', () => {
  test.each([
    ['MAC', "<mac srcmacaddr='$MAC'/>"],
    ['negated MAC', "<mac match='no' srcmacaddr='$MAC'/>"],
    ['IP', "<ip srcipaddr='$IP' dstipaddr='$IP'/>"],
    ['an element of a list', "<arp match='no' arpsrcipaddr='$IP[0]'/>"],
    ['a port', "<tcp dstportstart='$PORT'/>"],
  ])('have the same rule: %s', (_, element) => {
    const [a, b] = [share(element, one), share(element, other)];
    expect(a.rules).toEqual(b.rules);
    expect(a.values.map(({ set, definition }) => [set, definition])).toEqual(
      b.values.map(({ set, definition }) => [set, definition]),
    );
    expect(a.values.map(({ rows }) => rows)).not.toEqual(b.values.map(({ rows }) => rows));
  });

  test.each([
    [
      'under a mask',
      "<ip srcipaddr='$IP' srcipmask='24'/>",
      ['ether type == 0x0800 ip saddr & 255.255.255.0 == 10.0.0.0 drop'],
    ],
    [
      'as the end of a range',
      "<tcp dstportstart='$PORT' dstportend='500'/>",
      ['meta l4proto == 6 th dport 80-500 drop'],
    ],
  ])('have rules of their own where a value is written into it: %s', (_, element, text) => {
    expect(short(share(element, one).text)).toEqual(text);
    expect(share(element, one).rules).not.toEqual(share(element, other).rules);
  });

  test("values that a filter gives are the filters' and stand in the rule", () => {
    const filters = {
      top: "<filterref filter='a'><parameter name='P' value='80'/></filterref>",
      a: "<rule action='drop' direction='out'><ip protocol='tcp' dstportstart='$P'/></rule>",
    };
    const [rule] = rulesOf(expectPolicy(filters));
    const { rules, values } = shareRule(rule as PolicyRule, { key: 'iifname', context: 'ipv4', answersRejects: false });
    expect([short(rules.map(writeRule)), values]).toEqual([
      ['ether type == 0x0800 ip protocol == 6 th dport == 80 drop'],
      [],
    ]);
  });
});

describe('lists', () => {
  const lists: Nic = { parameters: { A: ['1', '2'], B: ['10', '20'], IP: ['10.0.0.1', '10.0.0.2'] } };
  const udp = (attributes: string) => `<ip protocol='udp' ${attributes}/>`;

  test('are one lookup, however long', () => {
    const { text, values } = share("<ip srcipaddr='$IP'/>", lists);
    expect(short(text)).toEqual(['ether type == 0x0800 iifname . ip saddr @set drop']);
    expect(values).toMatchObject([
      { definition: { kind: 'values', key: 'ifname', fields: ['ip saddr'] }, rows: [['10.0.0.1'], ['10.0.0.2']] },
    ]);
  });

  test('in parallel are one set of tuples', () => {
    const { text, values } = share(udp("srcportstart='$A' dstportstart='$B'"), lists);
    expect(short(text)).toEqual(['ether type == 0x0800 ip protocol == 17 iifname . th sport . th dport @set drop']);
    expect(values).toMatchObject([
      {
        rows: [
          ['1', '10'],
          ['2', '20'],
        ],
      },
    ]);
  });

  test('under two iterators are two sets: every combination', () => {
    const { text, values } = share(udp("srcportstart='$A[@1]' dstportstart='$B[@2]'"), lists);
    expect(short(text)).toEqual([
      'ether type == 0x0800 ip protocol == 17 iifname . th sport @set iifname . th dport @set drop',
    ]);
    expect(values.map(({ rows }) => rows)).toEqual([
      [['1'], ['2']],
      [['10'], ['20']],
    ]);
  });

  test('that are negated match where any of their values is another, which no set can say', () => {
    const { text, values } = share("<ip match='no' srcipaddr='$IP'/>", lists);
    expect(short(text)).toEqual([
      'ether type == 0x0800 ip saddr != 10.0.0.1-10.0.0.1 drop',
      'ether type == 0x0800 ip saddr != 10.0.0.2-10.0.0.2 drop',
    ]);
    expect(values).toEqual([]);
  });

  test('beside a mask that is a list are written out row by row', () => {
    const nic = { parameters: { NET: ['10.0.0.0', '11.0.0.0'], BITS: ['8', '16'] } };
    expect(short(share("<ip srcipaddr='$NET' srcipmask='$BITS'/>", nic).text)).toEqual([
      'ether type == 0x0800 ip saddr & 255.0.0.0 == 10.0.0.0 drop',
      'ether type == 0x0800 ip saddr & 255.255.0.0 == 11.0.0.0 drop',
    ]);
  });

  test("of IPv6's DSCP are written out: nft 1.0.6 never finds that field in a set", () => {
    const { text, values } = share("<all-ipv6 dscp='$A'/>", lists);
    expect(short(text)).toEqual(['ip6 dscp == 1 drop', 'ip6 dscp == 2 drop']);
    expect(values).toEqual([]);
  });

  test('sets of the same variable and type are one, whatever looks them up', () => {
    const sets = ["<ip srcipaddr='$IP'/>", "<ip dstipaddr='$IP'/>", "<arp arpsrcipaddr='$IP'/>"].map(
      (element) => share(element, one).values[0]?.set,
    );
    expect(new Set(sets).size).toBe(1);
    expect(share("<ip srcipaddr='$IP[0]'/>", one).values[0]?.set).not.toBe(sets[0]);
  });
});

describe('actions', () => {
  test.each([
    ['accept', ['meta l4proto == 17 accept']],
    ['drop', ['meta l4proto == 17 drop']],
    ['return', ['meta l4proto == 17 return']],
    ['continue', ['meta l4proto == 17']],
    ['reject', ['meta l4proto == 17 reject with icmpx port-unreachable']],
  ])('%s', (action, expected) => {
    expect(short(share('<udp/>', {}, { action }).text)).toEqual(expected);
  });

  test('a rejected TCP connection is reset', () => {
    expect(short(share('<tcp/>', {}, { action: 'reject' }).text)).toEqual(['meta l4proto == 6 reject with tcp reset']);
  });

  test('a reject that leaves the protocol open is two rules', () => {
    expect(short(share("<all srcipaddr='10.0.0.1'/>", {}, { action: 'reject' }).text)).toEqual([
      'meta l4proto == 6 ip saddr == 10.0.0.1 reject with tcp reset',
      'ip saddr == 10.0.0.1 reject with icmpx port-unreachable',
    ]);
  });

  test('where nobody can be answered, reject drops', () => {
    expect(short(share('<all/>', {}, { action: 'reject', answersRejects: false }).text)).toEqual(['drop']);
  });
});

describe('every rule counts, and says where it comes from', () => {
  test('by filter and line', () => {
    expect(share('<udp/>').text).toEqual(['meta l4proto == 17 counter drop comment "top:1"']);
  });

  test('in characters that every tool takes, and not too many', () => {
    const [rule] = rulesOf(expectPolicy({ top: "<rule action='drop' direction='out'><udp/></rule>" }));
    const named = { ...(rule as PolicyRule), origin: { filter: `\u00e9"${'x'.repeat(200)}`, file: 'f.xml', line: 12 } };
    const { rules } = shareRule(named, { key: 'mark', context: 'ipv4', answersRejects: true });
    expect(rules[0]?.comment).toMatch(/^__x{91}:12$/);
  });
});

describe('connlimit-above', () => {
  test('counts last, by port and source, in a set that the kernel fills', () => {
    const { text, counters } = share("<tcp dstportstart='80' connlimit-above='3'/>");
    expect(short(text.map((line) => line.replace(/ct count over 3 } counter/, 'ct count over 3 } counter')))).toEqual([
      'meta l4proto == 6 th dport == 80 add @set { meta mark . ip saddr ct count over 3 } drop',
    ]);
    expect(counters).toMatchObject([{ definition: { kind: 'connections', key: 'mark', fields: ['ip saddr'] } }]);
  });

  test('negated, holds up to the limit', () => {
    expect(short(share("<tcp match='no' connlimit-above='3'/>").text)).toEqual([
      'meta l4proto == 6 add @set { meta mark . ip saddr ct count 3 } drop',
    ]);
  });

  test('rules that are alike in all but the family count apart', () => {
    const [v4, v6] = [share("<all connlimit-above='3'/>"), share("<all-ipv6 connlimit-above='3'/>")];
    expect(v6.counters).toMatchObject([{ definition: { fields: ['ip6 saddr'] } }]);
    expect(v4.counters[0]?.set).not.toBe(v6.counters[0]?.set);
  });

  test('two limits count apart', () => {
    const names = ['3', '4'].map((limit) => share(`<tcp connlimit-above='${limit}'/>`).counters[0]?.set);
    expect(new Set(names).size).toBe(2);
  });

  // What the kernel has counted keeps the limit, and which side of it is meant, that it was made with.
  test('a limit and its opposite on the same line count apart', () => {
    const names = ['yes', 'no'].map((match) => share(`<tcp match='${match}' connlimit-above='3'/>`).counters[0]?.set);
    expect(new Set(names).size).toBe(2);
  });
});

describe('what nft says otherwise', () => {
  test.each([
    ["<arp gratuitous='true'/>", 1, /@nh,112,8 \. @nh,192,8 @gw_same_bytes @nh,120,8 \. @nh,200,8 @gw_same_bytes/],
    ["<arp match='no' gratuitous='true'/>", 4, /@nh,216,8 0x0-0xff @nh,112,8 \. @nh,192,8 != @gw_same_bytes/],
    ["<rarp opcode='3'/>", 1, /ether type == 0x8035 @nh,48,16 == 0x3/],
    ["<arp opcode='3'/>", 1, /arp operation == 3/],
    ["<icmp match='no' type='8' code='0'/>", 2, /icmp type != 8-8 counter/],
    ["<icmp type='8' code='0'/>", 1, /icmp type == 8 icmp code == 0/],
    ["<icmpv6 type='128'/>", 1, /icmpv6 type == 128 counter/],
    ["<tcp flags='SYN,ACK/SYN'/>", 1, /tcp flags & 0x12 == 0x2/],
    ["<tcp match='no' flags='SYN/SYN'/>", 1, /tcp flags & 0x2 != 0x2/],
    ["<tcp flags='SYN/ALL'/>", 0, /never/],
    ["<tcp match='no' flags='SYN/ALL'/>", 1, /tcp flags & 0x0 == 0x0/],
    ["<tcp option='2'/>", 1, /tcp option 2 exists/],
    ["<tcp match='no' option='2'/>", 1, /tcp option 2 missing/],
    ["<tcp dstportstart='9' dstportend='8'/>", 0, /never/],
    ["<tcp match='no' dstportstart='9' dstportend='8'/>", 1, /th dport 0-65535/],
    ["<tcp dstportstart='0' dstportend='65535'/>", 1, /th dport 0-65535/],
    ["<tcp match='no' dstportstart='0' dstportend='65535'/>", 0, /never/],
    ["<ip srcipaddr='10.1.2.3' srcipmask='32'/>", 1, /ip saddr == 10\.1\.2\.3/],
    ["<ip srcipaddr='10.1.2.3' srcipmask='8'/>", 1, /ip saddr & 255\.0\.0\.0 == 10\.0\.0\.0/],
  ])('%s is %i rules', (element, count, first) => {
    const { text } = share(element);
    expect(text).toHaveLength(count);
    if (count > 0) expect(text[0]).toMatch(first);
  });
});
