import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import type { Action, Applied } from '../../shared/rpc/changes.ts';
import { CallFailed } from '../rpc/call-failed.ts';
import { useClient } from '../rpc/client-context.ts';
import { readAnswers } from '../rpc/read-answers.ts';
import { DoneNotice } from './done-notice.tsx';

/** Seconds in which a change that could cut its maker off has to be kept. */
const confirmWithin = 60;

export interface Wish {
  readonly actions: readonly Action[];
  readonly needsConfirmation: boolean;
}

/** Has a change made, and offers to undo it. */
export function useApply(onApplied: (applied: Applied) => void) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<Applied, Error, Wish>({
    mutationFn: async ({ actions, needsConfirmation }) => {
      const answer = await client.call('change.apply', {
        actions: [...actions],
        ...(needsConfirmation && { confirmWithin }),
      });
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onSuccess: (applied) => {
      void queries.invalidateQueries(readAnswers);
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
