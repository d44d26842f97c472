import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import type { CheckedFilter, filterMethods } from '../../../shared/rpc/filters.ts';
import { examineFilter } from '../../engine/filters/examine-filter.ts';
import { loadStockFilters } from '../../engine/stock-filters.ts';
import type { Workspace } from '../../engine/workspace.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { type Defined, nicsOf, viewFilter } from './filter-views.ts';

/** What a kernel of today does, where nobody may ask this one yet. */
const usualAbilities: Workspace['abilities'] = { bridgeConntrack: true, bridgeNetfilter: true, bridgeReject: true };

/** The library, an editor's findings, and the rules that a filter becomes. Without rights, the filters that come with the program. */
export function filterHandlers(session: AppSession): Pick<Handlers, keyof typeof filterMethods> {
  const stock = loadStockFilters();

  async function defined(): Promise<Defined & Pick<Workspace, 'abilities'>> {
    const engine = await session.engine('read');
    if (engine.ok) return engine.value.workspace;
    return { filters: stock, bindings: new Map(), networks: new Map(), abilities: usualAbilities };
  }

  function check(text: string, file: string, known: Awaited<ReturnType<typeof defined>>): CheckedFilter {
    const { filters, abilities } = known;
    const examined = examineFilter(text, file, (name) => filters.get(name)?.document, abilities);
    const { document, diagnostics, variables, rules } = examined;
    const files = new Set(
      diagnostics.flatMap(({ span, notes = [] }) => [span.file, ...notes.map((note) => note.span.file)]),
    );
    const sources = [...filters.values()].flatMap((filter): [string, string][] =>
      files.has(filter.file) && filter.file !== file ? [[filter.file, filter.text]] : [],
    );
    return {
      diagnostics: diagnostics.map((each) => ({ ...each, notes: each.notes && [...each.notes] })),
      sources: { ...Object.fromEntries(sources), [file]: text },
      rules: [...rules],
      variables: [...variables],
      nics: document === undefined ? [] : [...nicsOf(document.name, known)],
    };
  }

  return {
    'filters.list': async () => {
      const known = await defined();
      const filters = [...known.filters.values()].map((filter) =>
        viewFilter(filter, stock.has(filter.document.name), known),
      );
      return succeed({ filters: filters.toSorted((a, b) => a.name.localeCompare(b.name)) });
    },
    'filters.read': async ({ name }) => {
      const known = await defined();
      const filter = known.filters.get(name);
      if (filter === undefined) return fail(failureOf({ kind: 'filter-not-found', name }));
      const summary = viewFilter(filter, stock.has(name), known);
      return succeed({
        summary,
        text: filter.text,
        stockText: summary.origin === 'redefined' ? stock.get(name)?.text : undefined,
        checked: check(filter.text, filter.file, known),
      });
    },
    'filters.check': async ({ text }) => succeed(check(text, 'filter.xml', await defined())),
  };
}
