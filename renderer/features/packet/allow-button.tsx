import { Button, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Question } from '../../../shared/rpc/packet.ts';
import { usePropose } from '../../change/use-propose.ts';
import { CallFailed, failureOf } from '../../rpc/call-failed.ts';
import { useClient } from '../../rpc/client-context.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { words } from '../../words/words.ts';

/** Has the narrowest rule found that lets a packet through, and proposes it. */
export function AllowButton({ question }: { readonly question: Question }) {
  const client = useClient();
  const propose = usePropose();
  const allow = useMutation({
    mutationFn: async () => {
      const answer = await client.call('packet.allow', question);
      if (!answer.ok) throw new CallFailed(answer.failure);
      return answer.value;
    },
    onSuccess: ({ actions }) => propose(actions),
  });
  return (
    <Stack gap={4} align="flex-start">
      <Button
        variant="light"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={allow.isPending}
        onClick={() => allow.mutate()}
      >
        {words.packet.allow}
      </Button>
      <Text size="xs" c="dimmed">
        {words.packet.allowHint}
      </Text>
      {allow.error !== null && <FailureNotice failure={failureOf(allow.error)} />}
    </Stack>
  );
}
