import { describe, expect, it } from 'vitest';
import { examineFilter } from '../../../../main/engine/filters/examine-filter.ts';
import { filterVariables } from '../../../../main/engine/filters/filter-variables.ts';
import { loadStockFilters } from '../../../../main/engine/stock-filters.ts';

const stock = loadStockFilters();
const lookup = (name: string) => stock.get(name)?.document;
const abilities = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };
const examine = (text: string) => examineFilter(text, 'mine.xml', lookup, abilities);

describe('a filter that is being written', () => {
  it('becomes rules that lead to its lines', () => {
    const text =
      "<filter name='mine'>\n<rule action='drop' direction='out'>\n<tcp dstportstart='25'/>\n</rule>\n</filter>";
    const { diagnostics, rules } = examine(text);
    expect(diagnostics).toEqual([]);
    expect(rules.map(({ filter, line }) => `${filter}:${line}`)).toContain('mine:2');
    expect(rules.some((rule) => /25 .*drop/.test(rule.text) && !/add rule|comment/.test(rule.text))).toBe(true);
  });

  it.each<[string, string, string]>([
    ['is no XML', '<filter', 'error'],
    ['refers to what is not there', "<filter name='mine'><filterref filter='nobody'/></filter>", 'missing-filter'],
    ['refers to itself', "<filter name='mine'><filterref filter='mine'/></filter>", 'reference-loop'],
  ])('that %s is told so, and becomes no rule', (_, text, code) => {
    const { diagnostics, rules } = examine(text);
    expect(diagnostics.some((each) => each.code === code || (code === 'error' && each.severity === 'error'))).toBe(
      true,
    );
    expect(rules).toEqual([]);
  });

  it.each([...stock.keys()])('stock filter %s can be shown without a NIC', (name) => {
    const { diagnostics } = examine(stock.get(name)?.text ?? '');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('the values that a filter needs', () => {
  it.each<[string, readonly string[]]>([
    ['clean-traffic', ['MAC given', 'IP asked']],
    ['no-mac-spoofing', ['MAC given']],
    ['allow-arp', []],
  ])('%s', (name, wanted) => {
    const document = lookup(name);
    if (document === undefined) throw new Error(name);
    const told = filterVariables(document, lookup).map((each) => `${each.name} ${each.given ? 'given' : 'asked'}`);
    for (const each of wanted) expect(told).toContain(each);
    expect(told.filter((each) => each.endsWith('asked'))).toEqual(wanted.filter((each) => each.endsWith('asked')));
  });
});
