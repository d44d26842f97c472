import { Badge, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { CheckedFilter } from '../../../shared/rpc/filters.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { XmlEditor } from '../../ui/xml-editor.tsx';
import { words } from '../../words/words.ts';
import { filterLanguage } from './language/filter-language.ts';
import { ProblemsList } from './problems-list.tsx';
import { RulesList } from './rules-list.tsx';

interface FilterEditorProps {
  readonly filter: string;
  readonly text: string;
  readonly checked: CheckedFilter;
  readonly line: number | undefined;
  readonly onDraft: (draft: string) => void;
}

/** The text of a filter with its problems as one types, and beside it the rules that it becomes: what the cursor is in is marked on both sides. */
export function FilterEditor({ filter, text, checked, line: firstLine, onDraft }: FilterEditorProps) {
  const [line, setLine] = useState(firstLine);
  const library = useAnswer('filters.list', {}).data;
  const names = useRef<readonly string[]>([]);
  names.current = library?.filters.map((each) => each.name) ?? [];
  const language = useMemo(() => filterLanguage(() => names.current), []);
  const here = checked.diagnostics.filter(({ span }) => span.file === 'filter.xml');
  const asked = checked.variables.filter(({ given }) => !given);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap="sm" miw={0}>
        <XmlEditor
          text={text}
          label={words.filters.text}
          readOnly={false}
          language={language}
          diagnostics={here}
          line={line}
          onLine={setLine}
          onChange={onDraft}
        />
        <ProblemsList diagnostics={checked.diagnostics} />
        {asked.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              {words.filters.variables}
            </Text>
            <Group gap={6} mt={4}>
              {asked.map(({ name, type }) => (
                <Badge key={name} variant="light" tt="none">
                  {name}: {words.filters.variable[type]}
                </Badge>
              ))}
            </Group>
          </div>
        )}
      </Stack>
      <Stack gap="xs" miw={0}>
        <Title order={2} size="h5">
          {words.filters.rules}
        </Title>
        <Text size="xs" c="dimmed">
          {words.filters.rulesHint}
        </Text>
        <RulesList rules={checked.rules} filter={filter} line={line} onLine={setLine} />
      </Stack>
    </SimpleGrid>
  );
}
