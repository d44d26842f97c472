import { Paper, SimpleGrid, Stack } from '@mantine/core';
import { FactsTable } from '../../ui/facts-table.tsx';
import { words } from '../../words/words.ts';
import { DefaultFilter } from './default-filter.tsx';
import { FindingsList } from './findings-list.tsx';
import type { NetworkTabProps } from './network-tab-props.ts';
import { ReachSwitches } from './reach-switches.tsx';
import { TrafficCard } from './traffic-card.tsx';

/** How the network does: what is in its way, what it is, whom its guests reach, and what passes now. */
export function OverviewTab({ summary, details }: NetworkTabProps) {
  const { facts } = words.network;
  const rows = [
    [facts.kind, words.kinds[summary.kind]],
    [facts.address, summary.addresses.join(', ') || facts.none],
    [facts.bridge, summary.bridge === undefined ? facts.none : `${summary.bridge} (${facts.bridgeHint})`],
    ...(summary.uplink === undefined ? [] : [[facts.uplink, summary.uplink] as const]),
  ] as const;
  return (
    <Stack>
      {summary.started && <FindingsList network={summary.name} findings={details.findings} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack>
          <Paper withBorder p="md">
            <FactsTable rows={rows} />
          </Paper>
          <DefaultFilter {...summary} />
        </Stack>
        <ReachSwitches summary={summary} reach={details.reach} reflect={details.reflect} />
      </SimpleGrid>
      <TrafficCard bridge={summary.started ? summary.bridge : undefined} />
    </Stack>
  );
}
