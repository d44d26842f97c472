import { Accordion, Code, ScrollArea, Stack, Text } from '@mantine/core';
import type { Preview } from '../../shared/rpc/changes.ts';
import { words } from '../words/words.ts';
import { DefinitionDiff } from './definition-diff.tsx';

/** The texts behind a change, for those who want to see them. */
export function PreviewDetails({
  preview: { definitions, nftText },
}: {
  readonly preview: Pick<Preview, 'definitions' | 'nftText'>;
}) {
  if (definitions.length === 0 && nftText === '') return null;
  return (
    <Accordion variant="separated">
      <Accordion.Item value="details">
        <Accordion.Control>{words.change.details}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            {definitions.map((each) => (
              <DefinitionDiff key={`${each.kind} ${each.name}`} {...each} />
            ))}
            {nftText !== '' && (
              <div>
                <Text size="sm" fw={600}>
                  {words.change.rules}
                </Text>
                <ScrollArea.Autosize mah={260} type="auto">
                  <Code block>{nftText}</Code>
                </ScrollArea.Autosize>
              </div>
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
