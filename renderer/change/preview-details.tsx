import { Accordion, Code, ScrollArea, Stack } from '@mantine/core';
import type { Preview } from '../../shared/rpc/changes.ts';
import { words } from '../words/words.ts';
import { DefinitionDiff } from './definition-diff.tsx';

interface PreviewDetailsProps {
  readonly preview: Pick<Preview, 'definitions' | 'nftText'>;
  /** It was a text that the person has changed: what of it changes is not hidden. */
  readonly isOfText: boolean;
}

/** The texts behind a change, for those who want to see them. */
export function PreviewDetails({ preview: { definitions, nftText }, isOfText }: PreviewDetailsProps) {
  if (definitions.length === 0 && nftText === '') return null;
  return (
    <Accordion variant="separated" multiple defaultValue={isOfText ? ['texts'] : []}>
      {definitions.length > 0 && (
        <Accordion.Item value="texts">
          <Accordion.Control>{words.change.texts}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="sm">
              {definitions.map((each) => (
                <DefinitionDiff key={`${each.kind} ${each.name}`} {...each} />
              ))}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      )}
      {nftText !== '' && (
        <Accordion.Item value="rules">
          <Accordion.Control>{words.change.rules}</Accordion.Control>
          <Accordion.Panel>
            <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0 }}>
              <Code block>{nftText}</Code>
            </ScrollArea.Autosize>
          </Accordion.Panel>
        </Accordion.Item>
      )}
    </Accordion>
  );
}
