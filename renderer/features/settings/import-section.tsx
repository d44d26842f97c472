import { Button, FileButton, Group, List, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { type ImportedFile, maxTextBytes, readImports } from '../../change/read-imports.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';
import { Section } from './section.tsx';

const said = words.settings.import;

const read = (files: readonly File[]) =>
  Promise.all(
    files.map(async (file) => ({
      name: file.name,
      size: file.size,
      text: file.size > maxTextBytes ? '' : await file.text(),
    })),
  );

const wordsFor = (file: ImportedFile): string =>
  file.kind === 'left' ? `${said.left}. ${said[file.because]}` : said.kinds[file.kind];

/** Definitions from files, looked at before they are taken. */
export function ImportSection() {
  const propose = usePropose();
  const [files, setFiles] = useState<readonly ImportedFile[]>([]);
  const actions = files.flatMap((file) => (file.kind === 'left' ? [] : [file.action]));
  return (
    <Section title={said.title}>
      <Text size="sm">{said.hint}</Text>
      <List size="sm" aria-live="polite">
        {files.map((file) => (
          <List.Item key={file.name}>
            {file.name}: {wordsFor(file)}
          </List.Item>
        ))}
      </List>
      <Group>
        <FileButton
          multiple
          accept=".xml,text/xml,application/xml"
          onChange={(chosen) => void read(chosen).then((texts) => setFiles(readImports(texts)))}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
              {said.choose}
            </Button>
          )}
        </FileButton>
        {actions.length > 0 && <Button onClick={() => propose(actions, () => setFiles([]))}>{said.go}</Button>}
      </Group>
    </Section>
  );
}
