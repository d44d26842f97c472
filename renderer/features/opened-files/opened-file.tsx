import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Payload } from '../../../shared/rpc/contract.ts';
import type { CheckedFilter } from '../../../shared/rpc/filters.ts';
import { type ImportedFile, readImports } from '../../change/read-imports.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { XmlEditor } from '../../ui/xml-editor.tsx';
import { words } from '../../words/words.ts';
import { ProblemsList } from '../filters/problems-list.tsx';

const said = words.openedFiles;

type Taken = Exclude<ImportedFile, { readonly kind: 'left' }>;

interface LookedAt {
  readonly text: string;
  readonly taken: Taken;
  readonly diagnostics: CheckedFilter['diagnostics'];
  readonly onDone: () => void;
}

function Look({ text, taken, diagnostics, onDone }: LookedAt) {
  const propose = usePropose();
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  return (
    <Stack gap="sm">
      <Text size="sm">{said.kinds[taken.kind]}</Text>
      <XmlEditor text={text} label={said.text} readOnly diagnostics={diagnostics} onChange={() => {}} />
      <ProblemsList diagnostics={diagnostics} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {said.leave}
        </Button>
        <Button
          disabled={refused}
          onClick={() => {
            onDone();
            propose([taken.action]);
          }}
        >
          {said.go}
        </Button>
      </Group>
    </Stack>
  );
}

function OpenedFilter(props: Omit<LookedAt, 'diagnostics'>) {
  const checked = useAnswer('filters.check', { text: props.text });
  return <Look {...props} diagnostics={checked.data?.diagnostics ?? []} />;
}

function OpenedNetwork(props: Omit<LookedAt, 'diagnostics'>) {
  const name = /<name>\s*([^<]{1,128}?)\s*<\/name>/.exec(props.text)?.[1] ?? 'opened';
  const checked = useAnswer('network.check', { name, text: props.text });
  return <Look {...props} diagnostics={checked.data?.diagnostics ?? []} />;
}

/** A look at a file before anything is made of it. */
export function OpenedFile({
  file: { name, text },
  onDone,
}: {
  readonly file: Payload<'app.open-file'>;
  readonly onDone: () => void;
}) {
  const [taken] = readImports([{ name, size: text.length, text }]);
  return (
    <Modal opened onClose={onDone} title={said.name(name)} size="xl">
      {taken === undefined || taken.kind === 'left' ? (
        <Stack>
          <Alert color="orange">{words.settings.import[taken?.because ?? 'neither']}</Alert>
          <Group justify="flex-end">
            <Button onClick={onDone}>{said.close}</Button>
          </Group>
        </Stack>
      ) : taken.kind === 'filter' ? (
        <OpenedFilter text={text} taken={taken} onDone={onDone} />
      ) : (
        <OpenedNetwork text={text} taken={taken} onDone={onDone} />
      )}
    </Modal>
  );
}
