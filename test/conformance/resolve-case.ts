import { parseFilter } from '../../main/compiler/parse/parse-filter.ts';
import type { Policy } from '../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../main/compiler/resolve/resolve-policy.ts';
import { loadStockFilters } from '../../main/engine/stock-filters.ts';
import type { Checked } from '../../shared/diagnostic.ts';
import { parseMac } from '../../shared/net/mac.ts';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import type { RecordedBinding } from './recorded-cases.ts';

const stock = loadStockFilters();

/** Defines a case's filters and binds the NIC `device` to the one it names, as a user would; every finding on the way refuses it. */
export function resolveCase({ filter, mac, params, filters }: RecordedBinding, device = 'vnet0'): Checked<Policy> {
  const documents = new Map<string, FilterDocument>();
  for (const [name, text] of Object.entries(filters)) {
    const parsed = parseFilter(text, `${name}.xml`);
    if (!parsed.ok) return parsed;
    documents.set(parsed.value.name, parsed.value);
  }
  const lookup = (name: string) => documents.get(name) ?? stock.get(name)?.document;
  const top = lookup(filter);
  if (top === undefined) throw new Error(`The case binds ${filter}, which it does not define.`);
  return resolvePolicy(top, { device, mac: parseMac(mac), parameters: params }, lookup);
}
