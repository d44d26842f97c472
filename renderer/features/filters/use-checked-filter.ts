import { useDebouncedValue } from '@mantine/hooks';
import type { CheckedFilter } from '../../../shared/rpc/filters.ts';
import { useAnswer } from '../../rpc/use-answer.ts';

const pause = 300;
const nothing: CheckedFilter = { diagnostics: [], sources: {}, rules: [], variables: [], nics: [] };

/** What a text comes to as one types; while it is asked, what the last one came to. */
export interface CheckedDraft {
  readonly checked: CheckedFilter;
  /** It was looked at as it stands, and has no errors. */
  readonly isRight: boolean;
}

export function useCheckedFilter(draft: string): CheckedDraft {
  const [settled] = useDebouncedValue(draft, pause);
  const answer = useAnswer('filters.check', { text: settled }, { keepPrevious: true });
  const checked = answer.data ?? nothing;
  const isSettled = settled === draft && answer.data !== undefined && !answer.isPlaceholderData;
  return { checked, isRight: isSettled && !checked.diagnostics.some(({ severity }) => severity === 'error') };
}
