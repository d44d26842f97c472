import { Paper, Stack, Switch, Text, Title } from '@mantine/core';
import type { Reach } from '../../../shared/rpc/changes.ts';
import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';

const ways = ['internet', 'lan', 'guests', 'host'] as const;

interface ReachSwitchesProps {
  readonly summary: NetworkSummary;
  readonly reach: Reach;
  /** Of a lan network alone. */
  readonly reflect: boolean | undefined;
}

/** Whom guests may reach: a switch each, with a sentence of what it means. */
export function ReachSwitches({ summary, reach, reflect }: ReachSwitchesProps) {
  const propose = usePropose();
  const said = words.network.reach;
  const isJudged = summary.kind !== 'open' && summary.kind !== 'bridge';
  return (
    <Paper withBorder p="md" component="section" aria-label={said.title}>
      <Title order={2} size="h5" mb="sm">
        {said.title}
      </Title>
      {!isJudged && (
        <Text size="sm" mb="sm">
          {said.notHere}
        </Text>
      )}
      <Stack gap="sm">
        {ways.map((way) => {
          const [label, description] = said[way];
          return (
            <Switch
              key={way}
              label={label}
              description={description}
              checked={reach[way]}
              disabled={!isJudged}
              onChange={() =>
                propose([{ action: 'set-reach', network: summary.name, reach: { ...reach, [way]: !reach[way] } }])
              }
            />
          );
        })}
        {reflect !== undefined && (
          <Switch
            label={said.reflect[0]}
            description={said.reflect[1]}
            checked={reflect}
            onChange={() => propose([{ action: 'set-reflect', network: summary.name, reflect: !reflect }])}
          />
        )}
      </Stack>
    </Paper>
  );
}
