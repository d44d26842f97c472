import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../main/compiler/parse/parse-filter.ts';
import { stockFilterNames } from '../../../main/compiler/stock-filter-names.ts';
import { loadStockFilters } from '../../../main/engine/stock-filters.ts';

const stock = loadStockFilters();
const all = [...stock].map(([name, filter]) => ({ name, ...filter }));

describe('loadStockFilters', () => {
  it('reads every file of filters/ and no other', () => {
    const files = readdirSync(new URL('../../../filters', import.meta.url)).sort();
    expect(files).toEqual(stockFilterNames.map((name) => `${name}.xml`).sort());
    expect([...stock.keys()]).toEqual(stockFilterNames);
  });

  it.each(all)('$name reads without warnings', ({ name, text }) => {
    expect(parseFilter(text, `${name}.xml`)).toMatchObject({ ok: true, warnings: [] });
  });

  it.each(all)('$name says in its first lines, in one or two sentences, what it is for', ({ text }) => {
    const comment = /^<!--\s+([^<>]+?)\s+-->\n<filter/.exec(text)?.[1] ?? '';
    expect(comment.match(/\.(?:\s|$)/g)?.length).toBeOneOf([1, 2]);
  });

  it.each(all)('$name refers to stock filters only', ({ document }) => {
    const references = document.entries.flatMap((entry) => (entry.kind === 'filterref' ? [entry.filter] : []));
    expect(references.filter((reference) => !stock.has(reference))).toEqual([]);
  });

  it('gives every filter a UUID of its own', () => {
    expect(new Set(all.map(({ document }) => document.uuid)).size).toBe(stockFilterNames.length);
    expect(all.every(({ document }) => document.uuid !== undefined)).toBe(true);
  });

  it('keeps the chains and priorities that libvirt gives them', () => {
    const chains = all.map(({ name, document }) => [name, document.chain, document.priority]);
    expect(chains).toEqual([
      ['allow-arp', 'arp', -500],
      ['allow-dhcp', 'ipv4', -700],
      ['allow-dhcp-server', 'ipv4', -700],
      ['allow-dhcpv6', 'ipv6', -600],
      ['allow-dhcpv6-server', 'ipv6', -600],
      ['allow-incoming-ipv4', 'ipv4', -700],
      ['allow-incoming-ipv6', 'ipv6', -600],
      ['allow-ipv4', 'ipv4', -700],
      ['allow-ipv6', 'ipv6', -600],
      ['clean-traffic', 'root', 0],
      ['clean-traffic-gateway', 'root', 0],
      ['no-arp-ip-spoofing', 'arp-ip', -510],
      ['no-arp-mac-spoofing', 'arp-mac', -520],
      ['no-arp-spoofing', 'root', 0],
      ['no-ip-multicast', 'ipv4', -700],
      ['no-ip-spoofing', 'ipv4-ip', -710],
      ['no-ipv6-multicast', 'ipv6', -600],
      ['no-ipv6-spoofing', 'ipv6-ip', -610],
      ['no-mac-broadcast', 'ipv4', -700],
      ['no-mac-spoofing', 'mac', -800],
      ['no-other-l2-traffic', 'root', 0],
      ['no-other-rarp-traffic', 'rarp', -400],
      ['qemu-announce-self', 'root', 0],
      ['qemu-announce-self-rarp', 'rarp', -400],
    ]);
  });
});
