import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../main/engine/read-ahead.ts';
import { loadStockFilters } from '../../../main/engine/stock-filters.ts';

const stock = loadStockFilters();

/** The names of the filters that are read. */
function readBy(...names: readonly string[]): readonly string[] {
  const read: string[] = [];
  const watched = new Map(
    [...stock].map(([name, filter]) => [
      name,
      {
        get document() {
          read.push(name);
          return filter.document;
        },
      },
    ]),
  );
  readAhead(names, watched);
  return read.toSorted();
}

describe('reading filters ahead', () => {
  it.each([
    { case: 'nothing, where none is named', names: [], read: [] },
    { case: 'nothing that is not there', names: ['of-nobody'], read: [] },
    { case: 'a filter alone', names: ['no-arp-spoofing'], read: ['no-arp-ip-spoofing', 'no-arp-mac-spoofing'] },
  ])('takes $case', ({ names, read }) => {
    expect(readBy(...names)).toEqual([...names.filter((name) => stock.has(name)), ...read].toSorted());
  });

  it('takes all that a filter refers to, each once', () => {
    const read = readBy('clean-traffic');
    expect(read).toContain('no-arp-mac-spoofing');
    expect(read).toEqual([...new Set(read)]);
  });
});
