import { Alert, Button, CopyButton, Group, List, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconCircleCheck, IconCopy, IconExclamationCircle, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { useDraft } from '../../ui/use-draft.ts';
import { XmlEditor } from '../../ui/xml-editor.tsx';
import { words } from '../../words/words.ts';
import type { NetworkTabProps } from './network-tab-props.ts';

const said = words.network.definition;
const nothing: readonly Diagnostic[] = [];

function Problems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const isWrong = diagnostics.length > 0;
  return (
    <Alert
      color={isWrong ? 'red' : 'teal'}
      icon={isWrong ? <IconExclamationCircle /> : <IconCircleCheck />}
      title={isWrong ? said.problems(diagnostics.length) : said.fine}
      role="status"
    >
      {isWrong && (
        <List size="sm">
          {diagnostics.map(({ message, span, expected }) => (
            <List.Item key={`${span.line}:${span.column} ${message}`}>
              {`${said.line(span.line)}: ${message}`}
              {expected !== undefined && ` ${said.wanted(expected)}`}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

/** The network's XML: to read, to copy, and to change with its problems told as one types. */
export function DefinitionTab({ summary, details }: NetworkTabProps) {
  const { name, started } = summary;
  const propose = usePropose();
  const typed = useDraft(`network ${name}`, details.text);
  const edited = typed.text;
  // What was typed before is there again. An event that brings a new text in the meantime does not take it away.
  const [isEditing, setEditing] = useState(typed.text !== details.text);
  const [settled] = useDebouncedValue(edited, 250);
  const begin = (editing: boolean) => {
    typed.settle(details.text);
    setEditing(editing);
  };
  const checked = useAnswer('network.check', { name, text: settled }, { enabled: isEditing, keepPrevious: true });
  const diagnostics = (isEditing && checked.data?.diagnostics) || nothing;
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  const isSettled = settled === edited && checked.data !== undefined && !checked.isPlaceholderData;
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4">
            {said.title}
          </Title>
          <Text size="sm" c="dimmed">
            {said.hint}
          </Text>
          {details.definition !== undefined && <Text size="sm">{said.live}</Text>}
        </div>
        {isEditing ? (
          <Group gap="xs">
            <Button variant="default" onClick={() => begin(false)}>
              {said.cancel}
            </Button>
            <Button
              disabled={isWrong || !isSettled || edited === details.text}
              onClick={() =>
                propose([{ action: 'define-network', text: edited, start: started }], () => {
                  typed.settle(edited);
                  setEditing(false);
                })
              }
            >
              {said.save}
            </Button>
          </Group>
        ) : (
          <Group gap="xs">
            <CopyButton value={details.text}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                >
                  {copied ? said.copied : said.copy}
                </Button>
              )}
            </CopyButton>
            <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => begin(true)}>
              {said.edit}
            </Button>
          </Group>
        )}
      </Group>
      <XmlEditor
        key={typed.round}
        text={isEditing ? typed.begun : details.text}
        label={said.label}
        readOnly={!isEditing}
        diagnostics={diagnostics}
        onChange={typed.write}
      />
      {isEditing && isSettled && <Problems diagnostics={diagnostics} />}
    </Stack>
  );
}
