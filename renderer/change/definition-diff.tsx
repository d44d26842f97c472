import { Code, Text } from '@mantine/core';
import type { Preview } from '../../shared/rpc/changes.ts';
import { lineDiff } from './line-diff.ts';

type Definition = Preview['definitions'][number];

/** A definition before and after, line by line. */
export function DefinitionDiff({ kind, name, before = '', after = '' }: Definition) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {kind} {name}
      </Text>
      <Code block>
        {lineDiff(before, after).map(({ sign, text, at }) => (
          <Text
            key={at}
            span
            inherit
            display="block"
            {...(sign === '+' ? { c: 'teal' } : sign === '-' ? { c: 'red' } : {})}
          >
            {`${sign} ${text}`}
          </Text>
        ))}
      </Code>
    </div>
  );
}
