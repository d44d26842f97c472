import { Alert, Button, Group, Text } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { usePropose } from '../change/use-propose.ts';
import { useAnswer } from '../rpc/use-answer.ts';
import { words } from '../words/words.ts';

/** The one thing that is wrong everywhere at once: the kernel no longer has the rules. */
export function ForceBanner() {
  const machine = useAnswer('machine.read', {}).data;
  const propose = usePropose();
  if (machine?.force !== 'lost') return null;
  return (
    <Alert color="red" icon={<IconShieldX />} radius={0} role="alert">
      <Group justify="space-between">
        <Text size="sm">{words.force.lost}</Text>
        <Button size="xs" color="red" onClick={() => propose([{ action: 'restore' }])}>
          {words.force.restore}
        </Button>
      </Group>
    </Alert>
  );
}
