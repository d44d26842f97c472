import { Anchor, Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { goTo, routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { asCopy, nameIn } from './copy-filter.ts';
import { FilterEditor } from './filter-editor.tsx';

function Draft({ text, name }: { readonly text: string; readonly name: string }) {
  const [draft, setDraft] = useState(text);
  const propose = usePropose();
  const named = nameIn(draft) ?? name;
  return (
    <Page
      title={words.filters.create}
      lead={
        <Anchor size="sm" href={routeTo(['filters'])}>
          {words.filters.back}
        </Anchor>
      }
      actions={
        <Button
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={() => propose([{ action: 'define-filter', text: draft }], () => goTo(['filters', named]))}
        >
          {words.filters.save}
        </Button>
      }
    >
      <FilterEditor filter={named} text={text} draft={draft} line={undefined} onDraft={setDraft} />
    </Page>
  );
}

function Copied({ from, name }: { readonly from: string; readonly name: string }) {
  const answer = useAnswer('filters.read', { name: from });
  return (
    <Answered answer={answer}>{({ text }) => <Draft text={asCopy(text, `${from}-${name}`)} name={name} />}</Answered>
  );
}

/** A filter that is not there yet, from a template or from another one. */
export function NewFilterPage({ from, name }: { readonly from: string | undefined; readonly name: string }) {
  if (from !== undefined) return <Copied from={from} name="copy" />;
  return <Draft text={words.filters.template(name)} name={name} />;
}
