import { Anchor, Badge, Button, Card, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { FilterSummary } from '../../../shared/rpc/filters.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo, routeTo, useRoute } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { chooseFilters } from './choose-filters.ts';

// Its layout is a library of its own.
const FilterGraph = lazyPart(async () => (await import('./filter-graph.tsx')).FilterGraph);

const colours = { stock: 'gray', own: 'blue', redefined: 'orange' } as const;

function FilterCard({ filter: { name, origin, purpose, refersTo, usedBy } }: { readonly filter: FilterSummary }) {
  return (
    <Card withBorder padding="sm" component="article">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Anchor fw={600} href={routeTo(['filters', name])}>
            {name}
          </Anchor>
          {purpose !== undefined && <Text size="sm">{purpose}</Text>}
          {refersTo.length > 0 && (
            <Text size="xs" c="dimmed">
              {words.filters.refersTo} {refersTo.join(', ')}
            </Text>
          )}
        </div>
        <Stack gap={4} align="flex-end">
          <Badge variant="light" color={colours[origin]} tt="none">
            {words.filters.origin[origin]}
          </Badge>
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {words.filters.usedBy(usedBy.nics.length)}
          </Text>
        </Stack>
      </Group>
    </Card>
  );
}

/** Every filter that there is, with what it is for and who uses it. */
export function FilterLibrary() {
  const [search, setSearch] = useState('');
  const library = useAnswer('filters.list', {});
  const isGraph = useRoute().query['look'] === 'graph';
  return (
    <Page
      title={words.screens.filters}
      lead={words.filters.lead}
      actions={
        <Button component="a" href={routeTo(['filters'], { new: '' })} leftSection={<IconPlus size={18} aria-hidden />}>
          {words.filters.create}
        </Button>
      }
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={words.filters.look}
          value={isGraph ? 'graph' : 'list'}
          data={(['list', 'graph'] as const).map((value) => ({ value, label: words.filters.looks[value] }))}
          onChange={(value) => goTo(['filters'], value === 'graph' ? { look: 'graph' } : {})}
        />
        <TextInput
          type="search"
          aria-label={words.filters.search}
          placeholder={words.filters.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <Answered answer={library}>
          {({ filters }) => {
            const chosen = chooseFilters(filters, search);
            if (chosen.length === 0) return <Text c="dimmed">{words.filters.nothing}</Text>;
            return isGraph ? (
              <Suspense>
                <FilterGraph filters={chosen} />
              </Suspense>
            ) : (
              chosen.map((filter) => <FilterCard key={filter.name} filter={filter} />)
            );
          }}
        </Answered>
      </Stack>
    </Page>
  );
}
