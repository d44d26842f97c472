import { describe, expect, test } from 'vitest';
import { expectErrors, expectPolicy, type Filters, type Nic, onlyRule } from './resolve.ts';
import { showTests } from './show-test.ts';

const udp = (attributes: string): string =>
  `<rule action='drop' direction='out'><ip protocol='udp' ${attributes}/></rule>`;
const ports = (source: string, destination: string): string =>
  udp(`srcportstart='${source}' dstportstart='${destination}'`);
const lists: Nic = { parameters: { A: ['1', '2'], B: ['10', '20'], C: ['7'], D: ['1', '1', '2'] } };

/** Each group's labels and rows. */
const groupsOf = (text: string, nic: Nic = lists) =>
  onlyRule(text, nic).groups.map(({ labels, rows }) => [labels.join(), rows.map((row) => row.join()).join(' ')]);

describe('lists', () => {
  test.each([
    ['a list', udp("srcportstart='$A'"), [['A', '1 2']]],
    ['an element', udp("srcportstart='$A[1]'"), [['A[1]', '2']]],
    ['lists under one iterator go in parallel', ports('$A', '$B'), [['A,B', '1,10 2,20']]],
    ['so they do if its number is written', ports('$A[@2]', '$B[@2]'), [['A,B', '1,10 2,20']]],
    ['one without number is number 0', ports('$A', '$B[@0]'), [['A,B', '1,10 2,20']]],
    [
      'lists under two iterators make a product',
      ports('$A[@1]', '$B[@2]'),
      [
        ['A', '1 2'],
        ['B', '10 20'],
      ],
    ],
    ['a list beside itself is one', ports('$A', '$A'), [['A,A', '1,1 2,2']]],
    [
      'a list times itself',
      ports('$A[@1]', '$A[@2]'),
      [
        ['A', '1 2'],
        ['A', '1 2'],
      ],
    ],
    [
      'an element goes with every value of a list',
      ports('$A[0]', '$B'),
      [
        ['A[0]', '1'],
        ['B', '10 20'],
      ],
    ],
    ['two places of one element', ports('$A[0]', '$A[0]'), [['A[0],A[0]', '1,1']]],
    ['values that are there twice count once', udp("srcportstart='$D'"), [['D', '1 2']]],
    ['rows that are there twice count once', ports('$D', '$D'), [['D,D', '1,1 2,2']]],
    ['no variable', ports('1', '2'), []],
  ])('%s', (_, text, expected) => {
    expect(groupsOf(text)).toEqual(expected);
  });

  test('every attribute reads its own column', () => {
    const text = udp("srcportstart='$A' srcportend='$B' dstportstart='$C[@1]'");
    expect(showTests(onlyRule(text, lists))).toBe(
      'ether-type=2048 ip-protocol=17 source-port=$0.0..$0.1 destination-port=$1.0',
    );
  });

  test('masks are columns beside their addresses', () => {
    const nic = { parameters: { NET: ['10.0.0.0', '10.1.0.0'], BITS: ['8', '255.255.0.0'] } };
    const rule = onlyRule("<rule action='drop' direction='out'><ip srcipaddr='$NET' srcipmask='$BITS'/></rule>", nic);
    expect(showTests(rule)).toBe('ether-type=2048 ip-source=$0.0/$0.1');
    expect(rule.groups.map(({ rows }) => rows)).toEqual([
      [
        [0x0a000000n, 0xff000000n],
        [0x0a010000n, 0xffff0000n],
      ],
    ]);
  });

  test.each([
    ['names', 'opcode', 'Reply', 2n],
    ['numbers', 'opcode', '0x2', 2n],
    ['addresses', 'arpsrcipaddr', '10.0.0.1', 0x0a000001n],
    ['MAC addresses', 'arpsrcmacaddr', '52:54:0:0:0:1', 0x525400000001n],
  ])('values are read as the attribute reads them: %s', (_, attribute, value, number) => {
    const text = `<rule action='drop' direction='out'><arp ${attribute}='$V'/></rule>`;
    expect(onlyRule(text, { parameters: { V: [value] } }).groups).toEqual([
      { labels: ['V'], rows: [[number]], own: true },
    ]);
  });
});

describe('what cannot be bound is an error that names the attribute', () => {
  const limit: Nic = { parameters: { BIG: Array.from({ length: 101 }, (_, at) => `${at}`) } };
  test.each([
    ['undefined', udp("srcportstart='$NO'"), lists, 'undefined-variable', 'srcportstart'],
    [
      'IP unknown',
      "<rule action='drop' direction='out'><ip srcipaddr='$IP'/></rule>",
      lists,
      'ip-unknown',
      'srcipaddr',
    ],
    [
      'MAC unknown',
      "<rule action='drop' direction='out'><mac srcmacaddr='$MAC'/></rule>",
      lists,
      'undefined-variable',
      'srcmacaddr',
    ],
    ['an empty list', udp("srcportstart='$E'"), { parameters: { E: [] } }, 'undefined-variable', 'srcportstart'],
    ['an element that is not there', udp("srcportstart='$A[2]'"), lists, 'index-out-of-range', 'srcportstart'],
    ['lists of two lengths in parallel', ports('$A', '$C'), lists, 'unequal-lists', 'dstportstart'],
    [
      'a value of another kind',
      udp("srcportstart='$A'"),
      { parameters: { A: ['1', 'x'] } },
      'bad-value',
      'srcportstart',
    ],
    ['a value out of range', udp("srcportstart='$A'"), { parameters: { A: ['65536'] } }, 'bad-value', 'srcportstart'],
    [
      'flags that are a list',
      "<rule action='drop' direction='out'><tcp flags='$F'/></rule>",
      { parameters: { F: ['SYN/SYN', 'ACK/ACK'] } },
      'one-value',
      'flags',
    ],
    ['too many combinations', ports('$BIG[@1]', '$BIG[@2]'), limit, 'too-many-combinations', undefined],
  ] as const)('%s', (_, text, nic, code, attribute) => {
    expect(expectErrors({ top: text }, nic)).toMatchObject([
      {
        code,
        severity: 'error',
        filter: 'top',
        span: { file: 'top.xml', line: 1 },
        ...(attribute === undefined ? {} : { attribute }),
      },
    ]);
  });

  test('all errors of all rules come at once', () => {
    const errors = expectErrors({ top: `${udp("srcportstart='$X' dstportstart='$Y'")}\n${udp("srcportstart='$Z'")}` });
    expect(errors.map(({ found, span }) => `${span.line} ${found}`)).toEqual(['1 $X', '1 $Y', '2 $Z']);
  });
});

describe('whose value counts', () => {
  const inner = "<rule action='drop' direction='out'><ip protocol='udp' srcportstart='$P'/></rule>";
  const give = (filter: string, ...values: readonly string[]): string =>
    `<filterref filter='${filter}'>${values.map((value) => `<parameter name='P' value='${value}'/>`).join('')}</filterref>`;
  const rows = (filters: Filters, nic: Nic = {}) =>
    expectPolicy(filters, nic).frames.out.root.map((entry) =>
      'chain' in entry ? [] : entry.groups.flatMap((group) => group.rows.flat().map(Number)),
    );

  test.each([
    ["the reference's", { top: give('a', '1', '2'), a: inner }, {}, [[1, 2]]],
    [
      "the NIC's before the reference's, as a whole list",
      { top: give('a', '1', '2'), a: inner },
      { parameters: { P: ['3'] } },
      [[3]],
    ],
    ["the outer reference's before the inner one's", { top: give('a', '1'), a: give('b', '2'), b: inner }, {}, [[1]]],
    [
      'what an outer reference gives reaches the innermost filter',
      { top: give('a', '1'), a: "<filterref filter='b'/>", b: inner },
      {},
      [[1]],
    ],
    ["each reference's, where there are two", { top: give('a', '1') + give('a', '2'), a: inner }, {}, [[1], [2]]],
  ] as const)('%s', (_, filters, nic, expected) => {
    expect(rows(filters, nic)).toEqual(expected);
  });

  test('what a reference gives is not for the filter that it stands in', () => {
    expect(expectErrors({ top: give('a', '1') + inner, a: inner })).toMatchObject([
      { code: 'undefined-variable', filter: 'top' },
    ]);
  });

  const mac = "<rule action='drop' direction='out'><mac srcmacaddr='$MAC'/></rule>";
  const macOf = (nic: Nic, filters: Filters = { top: mac }) =>
    rows(filters, nic)
      .flat()
      .map((number) => number.toString(16));

  test("MAC is the NIC's, unless its parameters say otherwise; a reference cannot", () => {
    expect(macOf({ mac: 0x525400000001n })).toEqual(['525400000001']);
    expect(macOf({ mac: 0x525400000001n, parameters: { MAC: ['52:54:00:00:00:02'] } })).toEqual(['525400000002']);
    const filters = {
      top: "<filterref filter='a'><parameter name='MAC' value='52:54:00:00:00:03'/></filterref>",
      a: mac,
    };
    expect(macOf({ mac: 0x525400000001n }, filters)).toEqual(['525400000001']);
  });

  test("values are the NIC's own or the filters', which decides who can share a rule", () => {
    const own = (filters: Filters, nic: Nic) =>
      expectPolicy(filters, nic).frames.out.root.map((entry) =>
        'chain' in entry ? [] : entry.groups.map((group) => group.own),
      );
    expect(own({ top: inner }, { parameters: { P: ['3'] } })).toEqual([[true]]);
    expect(own({ top: give('a', '1'), a: inner }, {})).toEqual([[false]]);
    const mixed = { top: "<filterref filter='a'><parameter name='Q' value='2'/></filterref>", a: ports('$P', '$Q') };
    expect(own(mixed, { parameters: { P: ['3'] } })).toEqual([[false]]);
  });
});
