import { Button, Stack, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { byDay } from './by-day.ts';
import { EntryCard } from './entry-card.tsx';
import { UndoDialog } from './undo-dialog.tsx';

const page = 50;
const dayOf = (at: number): string => new Date(at).toLocaleDateString(undefined, { dateStyle: 'full' });

/** The journal, newest first. */
export function ChangesTab() {
  const [limit, setLimit] = useState(page);
  const [undoing, setUndoing] = useState<number>();
  const journal = useAnswer('activity.list', { limit: Math.min(limit, 200) }, { keepPrevious: true });
  const { changes } = words.activity;
  return (
    <>
      <Answered answer={journal}>
        {({ entries, more }) =>
          entries.length === 0 ? (
            <EmptyState icon={IconHistory} title={changes.empty} hint={changes.emptyHint} />
          ) : (
            <Stack gap="lg">
              {byDay(entries, dayOf).map((day) => (
                <Stack key={day.day} gap="xs" component="section">
                  <Title order={2} size="h6" c="dimmed">
                    {day.day}
                  </Title>
                  {day.entries.map((entry) => (
                    <EntryCard key={entry.id} entry={entry} onUndo={() => setUndoing(entry.id)} />
                  ))}
                </Stack>
              ))}
              {more && limit < 200 && (
                <Button variant="default" onClick={() => setLimit(limit + page)}>
                  {changes.more}
                </Button>
              )}
            </Stack>
          )
        }
      </Answered>
      <UndoDialog id={undoing} onClose={() => setUndoing(undefined)} />
    </>
  );
}
