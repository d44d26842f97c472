import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconClockCancel, IconHeartHandshake, IconPencil, type TablerIcon } from '@tabler/icons-react';
import { useState } from 'react';
import type { ActivityEntry } from '../../../shared/rpc/changes.ts';
import { DefinitionDiff } from '../../change/definition-diff.tsx';
import { words } from '../../words/words.ts';
import { relativeTime } from './relative-time.ts';

const said = words.activity.changes;

const looks: Readonly<Record<ActivityEntry['kind'], { readonly icon: TablerIcon; readonly color: string }>> = {
  change: { icon: IconPencil, color: 'gray' },
  undo: { icon: IconArrowBackUp, color: 'gray' },
  healed: { icon: IconHeartHandshake, color: 'teal' },
  reverted: { icon: IconClockCancel, color: 'orange' },
};

interface EntryCardProps {
  readonly entry: ActivityEntry;
  readonly onUndo: (id: number) => void;
}

/** One entry of the journal: what, who, when, and the way back. */
export function EntryCard({ entry, onUndo }: EntryCardProps) {
  const { id, at, title, by, through, kind, undo, because, definitions } = entry;
  const [isOpen, setOpen] = useState(false);
  const { icon: Icon, color } = looks[kind];
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} miw={0} flex={1}>
          <Title order={3} size="h5">
            {title}
          </Title>
          <Group gap="xs">
            {kind !== 'change' && (
              <Badge
                color={color}
                variant="outline"
                c="var(--mantine-color-text)"
                tt="none"
                leftSection={<Icon size={12} aria-hidden />}
              >
                {said.kinds[kind]}
              </Badge>
            )}
            <Text size="sm" c="dimmed">
              {said.by(by, through)}
            </Text>
            <Text size="sm" c="dimmed" component="time" dateTime={new Date(at).toISOString()}>
              {new Date(at).toLocaleTimeString()} · {relativeTime(at, Date.now())}
            </Text>
          </Group>
          {undo === 'undone' && (
            <Text size="sm" c="dimmed">
              {said.undone}
            </Text>
          )}
          {undo === 'impossible' && because !== undefined && (
            <Text size="sm" c="dimmed">
              {said.cannot(because)}
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          {definitions.length > 0 && (
            <Button size="xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {said.texts}
            </Button>
          )}
          {undo === 'possible' && (
            <Button size="xs" variant="default" aria-label={said.undoOf(title)} onClick={() => onUndo(id)}>
              {said.undo}
            </Button>
          )}
        </Group>
      </Group>
      {isOpen && (
        <Stack gap="sm" mt="sm">
          {definitions.map((each) => (
            <DefinitionDiff key={`${each.kind} ${each.name}`} {...each} />
          ))}
        </Stack>
      )}
    </Card>
  );
}
