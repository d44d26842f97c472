import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import type { NetworkFinding } from '../../../shared/rpc/network.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';

interface FindingsListProps {
  readonly network: string;
  readonly findings: readonly NetworkFinding[];
}

/** What doctor has found, each with what mends it. */
export function FindingsList({ network, findings }: FindingsListProps) {
  const propose = usePropose();
  const { findings: said } = words.network;
  const cure = (ids: readonly string[]) => propose([{ action: 'cure', network, findings: [...ids] }]);
  const curable = findings.filter((each) => each.cure !== undefined).map(({ id }) => id);
  if (findings.length === 0) {
    return (
      <Alert color="teal" variant="light" icon={<IconCircleCheck />}>
        {said.fine}
      </Alert>
    );
  }
  return (
    <Stack gap="xs" component="section" aria-label={said.title}>
      {findings.map(({ id, severity, message, place, cure: sentence, manual }) => (
        <Alert
          key={id}
          color={severity === 'error' ? 'red' : 'yellow'}
          icon={severity === 'error' ? <IconExclamationCircle /> : <IconAlertTriangle />}
          title={said[severity]}
        >
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{message}</Text>
            {place !== undefined && <Code>{place}</Code>}
            {[sentence, manual].map(
              (each) =>
                each !== undefined && (
                  <Text key={each} size="sm" fw={500}>
                    {each}
                  </Text>
                ),
            )}
            {sentence !== undefined && (
              <Button size="xs" variant="default" onClick={() => cure([id])}>
                {said.cure}
              </Button>
            )}
          </Stack>
        </Alert>
      ))}
      {curable.length > 1 && (
        <Group>
          <Button size="xs" onClick={() => cure(curable)}>
            {said.cureAll}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
