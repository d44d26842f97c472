import { expect, it } from 'vitest';
import { formatTable } from '../../bench/format-table.ts';
import { keepsBound, type Row } from '../../bench/row.ts';

it('prints what was measured, what stands beside it, and whether the bound is kept', () => {
  const table = formatTable([
    {
      title: 'One NIC',
      rows: [
        {
          what: 'attach',
          unit: 'ms',
          value: 212.4,
          beside: { name: 'libvirt', value: 1150 },
          bound: { kind: 'at-most', value: 300 },
        },
        { what: 'helper', unit: 'ms', value: 24.96, bound: { kind: 'at-most', value: 20 }, note: 'in one session' },
      ],
    },
    {
      title: 'Frames',
      rows: [
        {
          what: 'broadcast',
          unit: 'us',
          value: 308,
          beside: { name: 'open', value: 228 },
          bound: { kind: 'times-beside', factor: 1.45 },
        },
        {
          what: 'unicast',
          unit: 'us',
          value: 4.6,
          beside: { name: 'open', value: 2.9 },
          bound: { kind: 'beside-plus', extra: 1.5 },
        },
        { what: 'elements', unit: 'count', value: 5010 },
      ],
    },
  ]);
  expect(table).toBe(`             Guestward            beside    ratio  bound

One NIC
  attach        212 ms  libvirt 1,150 ms  0.185 x  <= 300 ms   ok
  helper       25.0 ms                             <= 20 ms    MISSED
    (in one session)

Frames
  broadcast     308 us       open 228 us   1.35 x  <= 1.45 x   ok
  unicast      4.60 us      open 2.90 us   1.59 x  <= +1.5 us  MISSED
  elements       5,010
`);
});

it.each<readonly [string, Row, boolean]>([
  ['at the bound', { what: '', unit: 'ms', value: 20, bound: { kind: 'at-most', value: 20 } }, true],
  ['above the bound', { what: '', unit: 'ms', value: 20.1, bound: { kind: 'at-most', value: 20 } }, false],
  ['with no bound', { what: '', unit: 'ms', value: 20 }, true],
  [
    'with nothing to compare with',
    { what: '', unit: 'us', value: 9, bound: { kind: 'times-beside', factor: 1.45 } },
    true,
  ],
])('judges a figure %s', (_, row, kept) => {
  expect(keepsBound(row)).toBe(kept);
});
