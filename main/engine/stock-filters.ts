import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import { parseFilter } from '../compiler/parse/parse-filter.ts';
import { stockFilterNames } from '../compiler/stock-filter-names.ts';
import type { StoredFilter } from './workspace.ts';

/** Beside the bundle, where the build copies it; else at the top of the package, as seen from this file. */
function stockFilterFolder(): string {
  const beside = fileURLToPath(new URL('./filters/', import.meta.url));
  return existsSync(`${beside}${stockFilterNames[0]}.xml`)
    ? beside
    : fileURLToPath(new URL('../../filters/', import.meta.url));
}

/** They come with the program, so one that is missing or wrong is a bug and throws. */
function readStockFilter(name: string, text: string, file: string): FilterDocument {
  const parsed = parseFilter(text, file);
  if (!parsed.ok || parsed.value.name !== name) throw new Error(`The stock filter ${name} is damaged.`);
  return parsed.value;
}

/** The stock filters by name. Most commands need few of them, so each is parsed when it is first asked for. */
export function loadStockFilters(): ReadonlyMap<string, StoredFilter> {
  const folder = stockFilterFolder();
  return new Map(
    stockFilterNames.map((name) => {
      const text = readFileSync(`${folder}${name}.xml`, 'utf8');
      const file = `filters/${name}.xml`;
      let document: FilterDocument | undefined;
      const filter: StoredFilter = {
        text,
        file,
        stock: true,
        get document() {
          document ??= readStockFilter(name, text, file);
          return document;
        },
      };
      return [name, filter];
    }),
  );
}
