import { useQueryClient } from '@tanstack/react-query';
import type { MethodName } from '../../shared/rpc/contract.ts';
import { useHappening } from './use-happening.ts';

/** What of the answers a change of the machine makes stale. */
const aboutMachine: readonly MethodName[] = ['change.preview', 'activity.preview-undo'];

const changedByActivity: readonly MethodName[] = ['activity.list', 'filters.list', 'filters.read'];

/** Puts what is pushed where answers are kept, so that no screen polls. */
export function EventBridge(): null {
  const queries = useQueryClient();
  useHappening('app.changed', (app) => queries.setQueryData(['app.describe', {}], app));
  useHappening('machine.changed', (machine) => {
    queries.setQueryData(['machine.read', {}], machine);
    // Whatever else is on a screen was read from the machine too.
    void queries.invalidateQueries({
      predicate: ({ queryKey: [method] }) =>
        method !== 'machine.read' && method !== 'app.describe' && !aboutMachine.includes(method as MethodName),
    });
  });
  // A change of definitions alone is none of the machine's.
  useHappening('activity.added', () => {
    for (const method of changedByActivity) void queries.invalidateQueries({ queryKey: [method] });
  });
  return null;
}
