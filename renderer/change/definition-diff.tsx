import { Code, ScrollArea, Text } from '@mantine/core';
import type { Preview } from '../../shared/rpc/changes.ts';
import { words } from '../words/words.ts';
import { type DiffPart, foldDiff } from './fold-diff.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';

type Definition = Preview['definitions'][number];

const colours: Readonly<Record<DiffLine['sign'], string | undefined>> = {
  '+': 'var(--mantine-color-teal-light-color)',
  '-': 'var(--mantine-color-red-light-color)',
  ' ': undefined,
};

function Part({ part }: { readonly part: DiffPart }) {
  if (part.of === 'fold') {
    return (
      <Text span inherit display="block" c="dimmed" fs="italic">
        {words.change.asBefore(part.count)}
      </Text>
    );
  }
  const { sign, text } = part.line;
  const colour = colours[sign];
  return (
    <Text span inherit display="block" {...(colour !== undefined && { c: colour })}>
      {`${sign} ${text}`}
    </Text>
  );
}

/** A definition before and after, line by line; of what stays the same, just what lies around. */
export function DefinitionDiff({ kind, name, before = '', after = '' }: Definition) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {kind} {name}
      </Text>
      <ScrollArea.Autosize mah={360} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Code block>
          {foldDiff(lineDiff(before, after)).map((part) => (
            <Part key={part.of === 'fold' ? `fold ${part.at}` : part.line.at} part={part} />
          ))}
        </Code>
      </ScrollArea.Autosize>
    </div>
  );
}
