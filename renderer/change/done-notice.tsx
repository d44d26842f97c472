import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Applied } from '../../shared/rpc/changes.ts';
import { CallFailed, failureOf } from '../rpc/call-failed.ts';
import { useClient } from '../rpc/client-context.ts';
import { readAnswers } from '../rpc/read-answers.ts';
import { useOnce } from '../rpc/use-once.ts';
import { words } from '../words/words.ts';

interface DoneNoticeProps {
  readonly applied: Applied;
  readonly dismiss: () => void;
}

/** What is said of a change that is in force, with the way back. */
export function DoneNotice({ applied: { activity, notes }, dismiss }: DoneNoticeProps) {
  const client = useClient();
  const queries = useQueryClient();
  const once = useOnce();
  const undo = useMutation({
    mutationFn: async (id: number) => {
      const answer = await client.call('activity.undo', { id });
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onSuccess: ({ title }) => {
      void queries.invalidateQueries(readAnswers);
      dismiss();
      notifications.show({ title: words.change.undone, message: title });
    },
    onError: (error) => {
      once.failed();
      const { message, cure } = failureOf(error);
      notifications.show({ color: 'red', title: message, message: cure });
    },
  });
  return (
    <Stack gap="xs" align="flex-start">
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      {activity !== undefined && (
        <Button
          size="compact-sm"
          variant="light"
          loading={undo.isPending}
          onClick={() => once.begin() && undo.mutate(activity)}
        >
          {words.change.undo}
        </Button>
      )}
    </Stack>
  );
}
