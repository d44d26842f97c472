import { Alert, Button, Group, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconClockExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { Payload } from '../../shared/rpc/contract.ts';
import { useClient } from '../rpc/client-context.ts';
import { useHappening } from '../rpc/use-happening.ts';
import { words } from '../words/words.ts';

/** A change that takes itself back unless it is kept: how long there still is, and the button. */
export function WaitingBanner() {
  const client = useClient();
  const [waiting, setWaiting] = useState<Payload<'change.waiting'>>(null);
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 500, { autoInvoke: true });
  useHappening('change.waiting', setWaiting);
  if (waiting === null) return null;
  const { id, title, confirmBefore } = waiting;
  const seconds = Math.max(0, Math.ceil((confirmBefore - now) / 1000));
  return (
    <Alert color="orange" icon={<IconClockExclamation />} title={words.change.keepTitle} role="alert" radius={0}>
      <Group justify="space-between">
        <Text size="sm">{words.change.keepHint(seconds, title)}</Text>
        <Button color="orange" onClick={() => void client.call('change.confirm', { id })}>
          {words.change.keep}
        </Button>
      </Group>
    </Alert>
  );
}
