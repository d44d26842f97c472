import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLockOpen } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CallFailed, failureOf } from '../rpc/call-failed.ts';
import { useClient } from '../rpc/client-context.ts';
import { words } from '../words/words.ts';

/** Asks for the user's consent, and shows then what only root may see. */
export function UnlockButton() {
  const client = useClient();
  const queries = useQueryClient();
  const unlock = useMutation({
    mutationFn: async () => {
      const answer = await client.call('app.unlock', {});
      if (!answer.ok) throw new CallFailed(answer.failure);
      queries.setQueryData(['app.describe', {}], answer.value);
    },
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => {
      const { message, cure } = failureOf(error);
      notifications.show({ color: 'red', title: message, message: cure });
    },
  });
  return (
    <Button
      size="xs"
      leftSection={<IconLockOpen size={16} aria-hidden />}
      loading={unlock.isPending}
      onClick={() => unlock.mutate()}
    >
      {unlock.isPending ? words.rights.unlocking : words.rights.unlock}
    </Button>
  );
}
