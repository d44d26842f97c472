import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconCopy, IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import type { Result } from '../../../shared/rpc/contract.ts';
import { usePropose } from '../../change/use-propose.ts';
import { failureOf } from '../../rpc/call-failed.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo, routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { words } from '../../words/words.ts';
import { nameIn } from './copy-filter.ts';
import { FilterEditor } from './filter-editor.tsx';
import { LibraryLink } from './library-link.tsx';
import { useCheckedFilter } from './use-checked-filter.ts';

interface LinksProps {
  readonly title: string;
  readonly room: 'filters' | 'guests' | 'network';
  readonly names: readonly string[];
}

function Links({ title, room, names }: LinksProps) {
  if (names.length === 0) return null;
  return (
    <Text size="sm">
      {title}{' '}
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <Anchor inherit underline="always" href={routeTo([room, name])}>
            {name}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}

function Shown({ filter, line }: { readonly filter: Result<'filters.read'>; readonly line: number | undefined }) {
  const { summary, text } = filter;
  const { name, origin, purpose, refersTo, usedBy } = summary;
  const typed = useDraft(`filter ${name}`, text);
  const draft = typed.text;
  const { checked, isRight } = useCheckedFilter(draft);
  const propose = usePropose();
  const named = nameIn(draft) ?? name;
  return (
    <Page
      title={name}
      lead={purpose}
      actions={
        <>
          <Button
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            disabled={draft === text || !isRight}
            onClick={() =>
              propose([{ action: 'define-filter', text: draft }], () => {
                typed.settle(named === name ? draft : text);
                if (named !== name) goTo(['filters', named]);
              })
            }
          >
            {words.filters.save}
          </Button>
          {draft !== text && (
            <Button variant="default" onClick={() => typed.settle(text)}>
              {words.filters.discard}
            </Button>
          )}
          <Button
            variant="default"
            component="a"
            href={routeTo(['filters'], { new: '', from: name })}
            leftSection={<IconCopy size={16} aria-hidden />}
          >
            {words.filters.duplicate}
          </Button>
          {origin === 'redefined' && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => propose([{ action: 'undefine-filter', filter: name }])}
            >
              {words.filters.restore}
            </Button>
          )}
          {origin === 'own' && (
            <Button
              variant="default"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => propose([{ action: 'undefine-filter', filter: name }], () => goTo(['filters']))}
            >
              {words.filters.remove}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="md">
        <Group gap="md">
          <LibraryLink />
          <Badge variant="light" tt="none">
            {words.filters.origin[origin]}
          </Badge>
          <Links title={words.filters.refersTo} room="filters" names={refersTo} />
          <Links title={words.filters.referredBy} room="filters" names={usedBy.filters} />
          <Links title={words.filters.nics} room="guests" names={usedBy.nics} />
          <Links title={words.filters.networks} room="network" names={usedBy.networks} />
        </Group>
        {named !== name && (
          <Text size="sm" fw={500}>
            {words.filters.renamed(named, name)}
          </Text>
        )}
        {draft !== text && named === name && usedBy.nics.length > 0 && (
          <Text size="sm" fw={500}>
            {words.filters.saveHint(usedBy.nics.length)}
          </Text>
        )}
        <FilterEditor
          key={typed.round}
          filter={name}
          text={typed.begun}
          checked={checked}
          line={line}
          onDraft={typed.write}
        />
      </Stack>
    </Page>
  );
}

/** One filter: who uses it, its text, and what it becomes. */
export function FilterPage({ name, line }: { readonly name: string; readonly line: number | undefined }) {
  const answer = useAnswer('filters.read', { name });
  if (answer.isError && answer.data === undefined) {
    return (
      <Page title={name} lead={<LibraryLink />}>
        <FailureNotice failure={{ ...failureOf(answer.error), cure: undefined }} title={words.filters.notFound(name)} />
      </Page>
    );
  }
  return <Answered answer={answer}>{(filter) => <Shown key={filter.text} filter={filter} line={line} />}</Answered>;
}
