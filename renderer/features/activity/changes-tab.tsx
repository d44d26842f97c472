import { Button, Center, Stack, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { EntryCard } from './entry-card.tsx';
import { groupByDay, midnightOf } from './group-by-day.ts';
import { UndoDialog } from './undo-dialog.tsx';
import { useEntries } from './use-entries.ts';

const said = words.activity.changes;

function dayName(midnight: number): string {
  const today = midnightOf(Date.now());
  if (midnight === today) return said.today;
  if (midnight === midnightOf(today - 1)) return said.yesterday;
  return new Date(midnight).toLocaleDateString(undefined, { dateStyle: 'full' });
}

/** The journal, newest first, a heading a day. */
export function ChangesTab() {
  const entries = useEntries();
  const [undoing, setUndoing] = useState<number>();
  return (
    <>
      <Answered answer={entries.answer}>
        {() =>
          entries.entries.length === 0 ? (
            <EmptyState icon={IconHistory} title={said.none} hint={said.noneHint} />
          ) : (
            <Stack gap="lg">
              {groupByDay(entries.entries).map(({ midnight, items }) => (
                <section key={midnight}>
                  <Title order={2} size="h5" mb="xs">
                    {dayName(midnight)}
                  </Title>
                  <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
                    {items.map((entry) => (
                      <EntryCard key={entry.id} entry={entry} onUndo={setUndoing} />
                    ))}
                  </Stack>
                </section>
              ))}
              {entries.more && (
                <Center>
                  <Button variant="default" loading={entries.answer.isFetching} onClick={entries.showMore}>
                    {said.more}
                  </Button>
                </Center>
              )}
            </Stack>
          )
        }
      </Answered>
      <UndoDialog id={undoing} onClose={() => setUndoing(undefined)} />
    </>
  );
}
