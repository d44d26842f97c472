import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconHeartCheck, IconNetwork } from '@tabler/icons-react';
import type { Result } from '../../../shared/rpc/contract.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { FindingsList } from '../network/findings-list.tsx';

const said = words.activity.health;

function Found({ networks }: Result<'health.examine'>) {
  const ailing = networks.filter(({ findings }) => findings.length > 0);
  if (networks.length === 0) return <EmptyState icon={IconNetwork} title={said.none} hint={said.noneHint} />;
  if (ailing.length === 0) {
    return <EmptyState icon={IconHeartCheck} title={said.allWell} hint={said.allWellHint(networks.length)} />;
  }
  const count = ailing.reduce((sum, { findings }) => sum + findings.length, 0);
  return (
    <Stack gap="lg">
      <Text role="status">{said.found(count)}</Text>
      {ailing.map(({ name, findings }) => (
        <section key={name}>
          <Title order={2} size="h4" mb="xs">
            <Anchor inherit href={routeTo(['network', name])}>
              {name}
            </Anchor>
          </Title>
          <FindingsList network={name} findings={findings} />
        </section>
      ))}
    </Stack>
  );
}

/** What doctor says of every network, with the cures that Guestward has. */
export function HealthTab() {
  const health = useAnswer('health.examine', {});
  return (
    <Stack gap="md">
      <Group>
        <Button variant="default" size="xs" loading={health.isFetching} onClick={() => void health.refetch()}>
          {said.again}
        </Button>
      </Group>
      <Answered answer={health}>{(found) => <Found {...found} />}</Answered>
    </Stack>
  );
}
