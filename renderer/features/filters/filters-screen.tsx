import { useRoute } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import { FilterLibrary } from './filter-library.tsx';
import { FilterPage } from './filter-page.tsx';
import { NewFilterPage } from './new-filter-page.tsx';

/** The library, or the filter that the route names; `?new` begins one, `?from=NAME` from another. */
export function FiltersScreen() {
  const { parts, query } = useRoute();
  const line = Number(query['line']);
  if (parts[1] !== undefined) return <FilterPage key={parts[1]} name={parts[1]} line={line > 0 ? line : undefined} />;
  if (query['new'] !== undefined) return <NewFilterPage from={query['from']} name={words.filters.newName} />;
  return <FilterLibrary />;
}
