import { useQueryClient } from '@tanstack/react-query';
import type { MethodName } from '../../shared/rpc/contract.ts';
import { readAnswers } from './read-answers.ts';
import { useHappening } from './use-happening.ts';

/** A change of definitions alone is none of the machine's. */
const changedByActivity: readonly MethodName[] = ['activity.list', 'filters.list', 'filters.read'];
/** What is pushed whole. */
const pushed: readonly MethodName[] = ['machine.read', 'app.describe'];

/** Puts what is pushed where answers are kept, so that no screen polls. */
export function EventBridge(): null {
  const queries = useQueryClient();
  useHappening('app.changed', (app) => queries.setQueryData(['app.describe', {}], app));
  useHappening('machine.changed', (machine) => {
    queries.setQueryData(['machine.read', {}], machine);
    // Whatever else is on a screen was read from the machine too.
    void queries.invalidateQueries({
      predicate: (query) => readAnswers.predicate(query) && !pushed.some((method) => method === query.queryKey[0]),
    });
  });
  useHappening('activity.added', () => {
    for (const method of changedByActivity) void queries.invalidateQueries({ queryKey: [method] });
  });
  return null;
}
