import { Box, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useHappening } from '../../rpc/use-happening.ts';
import { words } from '../../words/words.ts';
import { TrafficChart } from './traffic-chart.tsx';
import { formatRate, nothingWatched, watchDevice } from './traffic-rates.ts';

/** What passes a bridge now and in the last two minutes, as a picture and as a sentence. */
export function TrafficCard({ bridge }: { readonly bridge: string | undefined }) {
  const [watched, setWatched] = useState(nothingWatched);
  useHappening('machine.traffic', (traffic) => {
    if (bridge !== undefined) setWatched((before) => watchDevice(before, bridge, traffic));
  });
  const { traffic } = words.network;
  const now = watched.rates.at(-1);
  const peak = Math.max(0, ...watched.rates.flatMap(({ received, sent }) => [received, sent]));
  return (
    <Paper withBorder p="md" component="section" aria-label={traffic.title}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h5">
          {traffic.title}
        </Title>
        {now !== undefined && (
          <Group gap="md">
            <Legend
              color="var(--mantine-color-teal-6)"
              dashed={false}
            >{`${traffic.received}: ${formatRate(now.received)}`}</Legend>
            <Legend color="var(--mantine-color-violet-5)" dashed>{`${traffic.sent}: ${formatRate(now.sent)}`}</Legend>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {bridge === undefined ? traffic.absent : traffic.hint}
      </Text>
      {bridge !== undefined && (
        <Box mt="sm">
          {now === undefined ? (
            <Text size="sm">{traffic.waiting}</Text>
          ) : (
            <TrafficChart
              rates={watched.rates}
              summary={traffic.summary(formatRate(now.received), formatRate(now.sent), formatRate(peak))}
            />
          )}
        </Box>
      )}
    </Paper>
  );
}

interface LegendProps {
  readonly color: string;
  readonly dashed: boolean;
  readonly children: string;
}

/** The stroke beside its name, so that lines are told apart by more than their colour. */
function Legend({ color, dashed, children }: LegendProps) {
  return (
    <Group gap={6} wrap="nowrap">
      <svg width="22" height="8" aria-hidden="true">
        <line x1="0" y1="4" x2="22" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dashed ? '5 3' : '0'} />
      </svg>
      <Text size="sm">{children}</Text>
    </Group>
  );
}
