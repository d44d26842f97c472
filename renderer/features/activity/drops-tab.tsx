import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';
import { CountedDrops } from './counted-drops.tsx';
import { LiveDrops } from './live-drops.tsx';
import { sinceThen } from './since-then.ts';

const said = words.activity.drops;
const countEvery = 2000;

/** What the rules drop, as it happens and as it was counted, while this is looked at. */
export function DropsTab() {
  const [isPaused, setPaused] = useState(false);
  const [wanted, setWanted] = useState('');
  const drops = useAnswer('drops.list', {});
  const nics = useAnswer('machine.read', {}).data?.nics ?? [];
  const [first, setFirst] = useState<readonly DropGroup[]>();
  const { refetch } = drops;
  useEffect(() => setFirst((before) => before ?? drops.data?.groups), [drops.data]);
  useEffect(() => {
    if (isPaused) return undefined;
    const timer = setInterval(() => void refetch(), countEvery);
    return () => clearInterval(timer);
  }, [isPaused, refetch]);
  return (
    <Answered answer={drops}>
      {({ groups }) => (
        <Stack gap="lg">
          <Group align="flex-end">
            <TextInput
              label={said.filter}
              placeholder={said.filterHint}
              value={wanted}
              onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            />
            <Button
              variant="default"
              leftSection={
                isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
              }
              onClick={() => setPaused(!isPaused)}
            >
              {isPaused ? said.resume : said.pause}
            </Button>
          </Group>
          {isPaused && (
            <Text size="sm" role="status">
              {said.paused}
            </Text>
          )}
          <LiveDrops nics={nics} isPaused={isPaused} wanted={wanted} />
          <CountedDrops groups={groups} shown={sinceThen(groups, first ?? groups, wanted, nics)} />
        </Stack>
      )}
    </Answered>
  );
}
