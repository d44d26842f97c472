import { Alert, Button, Stack } from '@mantine/core';
import { IconAlertTriangle, IconDeviceFloppy } from '@tabler/icons-react';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { Page } from '../../ui/page.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { words } from '../../words/words.ts';
import { asCopy, freeName, nameIn } from './copy-filter.ts';
import { FilterEditor } from './filter-editor.tsx';
import { LibraryLink } from './library-link.tsx';
import { useCheckedFilter } from './use-checked-filter.ts';

interface BeginningProps {
  readonly text: string;
  readonly name: string;
  readonly taken: readonly string[];
}

function Beginning({ text, name, taken }: BeginningProps) {
  const typed = useDraft(`new filter ${name}`, text);
  const draft = typed.text;
  const { checked, isRight } = useCheckedFilter(draft);
  const propose = usePropose();
  const named = nameIn(draft) ?? name;
  return (
    <Page
      title={words.filters.create}
      lead={<LibraryLink />}
      actions={
        <>
          <Button
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            disabled={!isRight}
            onClick={() =>
              propose([{ action: 'define-filter', text: draft }], () => {
                typed.settle(text);
                goTo(['filters', named]);
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
        </>
      }
    >
      <Stack gap="sm">
        {taken.includes(named) && (
          <Alert color="yellow" icon={<IconAlertTriangle />}>
            {words.filters.taken(named)}
          </Alert>
        )}
        <FilterEditor
          key={typed.round}
          filter={named}
          text={typed.begun}
          checked={checked}
          line={undefined}
          onDraft={typed.write}
        />
      </Stack>
    </Page>
  );
}

function Copied({ from, taken }: { readonly from: string; readonly taken: readonly string[] }) {
  const answer = useAnswer('filters.read', { name: from });
  const name = freeName(`${from}-copy`, taken);
  return (
    <Answered answer={answer}>
      {({ text }) => <Beginning text={asCopy(text, name)} name={name} taken={taken} />}
    </Answered>
  );
}

/** A filter that is not there yet, from a template or from another one. */
export function NewFilterPage({ from, name }: { readonly from: string | undefined; readonly name: string }) {
  const library = useAnswer('filters.list', {});
  return (
    <Answered answer={library}>
      {({ filters }) => {
        const taken = filters.map((each) => each.name);
        if (from !== undefined) return <Copied from={from} taken={taken} />;
        const free = freeName(name, taken);
        return <Beginning text={words.filters.template(free)} name={free} taken={taken} />;
      }}
    </Answered>
  );
}
