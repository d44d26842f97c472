import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import { parseFilter } from '../compiler/parse/parse-filter.ts';
import { stockFilterNames } from '../compiler/stock-filter-names.ts';

export interface StockFilter {
  readonly text: string;
  readonly document: FilterDocument;
}

/** Beside the bundle, where the build copies it; else at the top of the package, as seen from this file. */
function stockFilterFolder(): string {
  const beside = fileURLToPath(new URL('./filters/', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../filters/', import.meta.url));
}

/** Reads the stock filters by name. They come with the program, so one that is missing or wrong is a bug and throws. */
export function loadStockFilters(): ReadonlyMap<string, StockFilter> {
  const folder = stockFilterFolder();
  return new Map(
    stockFilterNames.map((name) => {
      const text = readFileSync(`${folder}${name}.xml`, 'utf8');
      const parsed = parseFilter(text, `filters/${name}.xml`);
      if (!parsed.ok || parsed.value.name !== name) throw new Error(`The stock filter ${name} is damaged.`);
      return [name, { text, document: parsed.value }];
    }),
  );
}
