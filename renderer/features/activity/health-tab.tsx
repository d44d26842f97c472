import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { IconHeartbeat, IconRefresh } from '@tabler/icons-react';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { FindingsList } from '../network/findings-list.tsx';

/** What doctor finds in every started network, with its cures. */
export function HealthTab() {
  const examined = useAnswer('health.examine', {});
  const { health } = words.activity;
  return (
    <Answered answer={examined}>
      {({ networks }) =>
        networks.length === 0 ? (
          <EmptyState icon={IconHeartbeat} title={health.empty} hint={health.emptyHint} />
        ) : (
          <Stack gap="lg">
            <Group justify="flex-end">
              <Button
                size="xs"
                variant="default"
                leftSection={<IconRefresh size={14} aria-hidden />}
                loading={examined.isFetching}
                onClick={() => void examined.refetch()}
              >
                {health.again}
              </Button>
            </Group>
            {networks.map(({ network, findings }) => (
              <Stack key={network} gap="xs">
                <Title order={2} size="h5">
                  <Anchor inherit href={routeTo(['network', network])}>
                    {network}
                  </Anchor>
                </Title>
                <FindingsList network={network} findings={findings} />
              </Stack>
            ))}
          </Stack>
        )
      }
    </Answered>
  );
}
