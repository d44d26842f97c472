import { Alert, Anchor, Badge, Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconBan, IconCheck, IconX } from '@tabler/icons-react';
import type { Trace, TraceStep } from '../../../shared/rpc/packet.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import { SourceLines } from './source-lines.tsx';
import { useWalk } from './use-walk.ts';
import { WalkControls } from './walk-controls.tsx';
import { WayStrip } from './way-strip.tsx';
import './packet.css';

const looks = {
  accept: { color: 'teal', icon: <IconCheck /> },
  drop: { color: 'red', icon: <IconX /> },
  reject: { color: 'orange', icon: <IconBan /> },
} as const;

function Rule({ step }: { readonly step: Extract<TraceStep, { step: 'rule' }> }) {
  const said = words.packet;
  const { matched, because, filter, line, action } = step;
  return (
    <Box
      p={6}
      bd={matched ? '2px solid var(--mantine-primary-color-filled)' : '1px solid var(--ward-line)'}
      style={{ borderRadius: 6 }}
    >
      <Group gap="xs">
        <Anchor size="sm" href={routeTo(['filters', filter], { line: String(line) })}>
          {said.line(filter, line)}
        </Anchor>
        <Badge size="sm" variant="light" tt="none">
          {said.actions[action]}
        </Badge>
        <Text size="sm" fw={matched ? 600 : 400}>
          {matched ? said.matched : said.missed}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {because}
      </Text>
    </Box>
  );
}

function Step({ step }: { readonly step: TraceStep }) {
  const said = words.packet;
  switch (step.step) {
    case 'rule':
      return <Rule step={step} />;
    case 'enter':
      return (
        <Text size="sm" fw={600}>
          {said.enter[step.layer](step.chain)}
        </Text>
      );
    case 'skip':
      return (
        <Text size="sm" c="dimmed">
          {said.skip(step.chain, step.because)}
        </Text>
      );
    case 'leave':
      return (
        <Text size="sm" c="dimmed">
          {said.leave[step.how](step.chain)}
        </Text>
      );
  }
}

interface TraceViewProps {
  readonly trace: Trace;
  readonly guest: string;
  readonly filter: string;
  readonly network: string;
}

/** What becomes of a packet, and each chain and rule that it met on its way: walked step by step, with the lines of the filters beside them. */
export function TraceView({ trace, guest, filter, network }: TraceViewProps) {
  const said = words.packet;
  const { verdict, decidedBy, malformed, summary, path, sources } = trace;
  const [walk, act] = useWalk(path.length);
  const why = malformed
    ? said.malformed
    : decidedBy === undefined
      ? said.atEnd
      : said.decided(decidedBy.filter, decidedBy.line);
  // Between two rules, the last one that was looked at.
  const here = path.slice(0, walk.at + 1).findLast((step) => step.step === 'rule');
  const text = here === undefined ? undefined : sources[here.filter];
  return (
    <Stack gap="sm">
      <Alert color={looks[verdict].color} icon={looks[verdict].icon} title={said.verdicts[verdict]} role="status">
        <Text size="sm">{why}</Text>
        <Text size="xs" c="dimmed" ff="monospace">
          {summary}
        </Text>
      </Alert>
      <WayStrip trace={trace} guest={guest} filter={filter} network={network} />
      <Group justify="space-between">
        <Title order={2} size="h5">
          {said.path}
        </Title>
        {path.length > 1 && <WalkControls walk={walk} steps={path.length} act={act} />}
      </Group>
      {here !== undefined && text !== undefined && <SourceLines filter={here.filter} text={text} line={here.line} />}
      <Stack gap={10} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {path.map((step, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a way has its steps in one order, and is shown anew as a whole.
            key={at}
            className="walk-step"
            data-ahead={at > walk.at || undefined}
            data-here={at === walk.at || undefined}
            aria-current={at === walk.at ? 'step' : undefined}
          >
            <Step step={step} />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
