import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import type { Action, Applied } from '../../shared/rpc/changes.ts';
import { CallFailed } from '../rpc/call-failed.ts';
import { useClient } from '../rpc/client-context.ts';
import { DoneNotice } from './done-notice.tsx';

/** Has a change made, and offers to undo it. */
export function useApply(onApplied: (applied: Applied) => void) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<Applied, Error, readonly Action[]>({
    mutationFn: async (actions) => {
      const answer = await client.call('change.apply', { actions: [...actions] });
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onSuccess: (applied) => {
      void queries.invalidateQueries();
      const id = `done-${applied.activity ?? applied.title}`;
      notifications.show({
        id,
        color: 'teal',
        title: applied.title,
        message: createElement(DoneNotice, { applied, dismiss: () => notifications.hide(id) }),
        autoClose: 12_000,
      });
      onApplied(applied);
    },
  });
}
