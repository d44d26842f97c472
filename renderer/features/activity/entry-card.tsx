import { Badge, Button, Card, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ActivityEntry } from '../../../shared/rpc/changes.ts';
import { PreviewDetails } from '../../change/preview-details.tsx';
import { words } from '../../words/words.ts';

const colours = { change: 'blue', undo: 'gray', healed: 'teal', reverted: 'orange' } as const;

interface EntryCardProps {
  readonly entry: ActivityEntry;
  readonly onUndo: () => void;
}

/** One change: what, when, by whom, the texts behind it, and the way back. */
export function EntryCard({ entry, onUndo }: EntryCardProps) {
  const { title, at, by, through, kind, undo, because, definitions } = entry;
  const { changes } = words.activity;
  return (
    <Card withBorder padding="sm" component="article" aria-label={title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap="xs">
            <Badge size="sm" variant="light" color={colours[kind]} tt="none">
              {changes.kinds[kind]}
            </Badge>
            <Text fw={600} size="sm">
              {title}
            </Text>
          </Group>
          <Text size="xs" c="dimmed">
            <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString()}</time>{' '}
            {changes.by(by, changes.through[through] ?? through)}
          </Text>
          {because !== undefined && (
            <Text size="xs" c="dimmed">
              {because}
            </Text>
          )}
        </div>
        {undo === 'possible' && (
          <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={onUndo}>
            {changes.undo}
          </Button>
        )}
        {undo === 'undone' && (
          <Text size="xs" c="dimmed">
            {changes.undone}
          </Text>
        )}
      </Group>
      {definitions.length > 0 && <PreviewDetails preview={{ definitions, nftText: '' }} />}
    </Card>
  );
}
