import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { CheckedFilter } from '../../../shared/rpc/filters.ts';
import { words } from '../../words/words.ts';

/** What is wrong with the text, each with its place and what would be right. */
export function ProblemsList({ diagnostics }: Pick<CheckedFilter, 'diagnostics'>) {
  if (diagnostics.length === 0) {
    return (
      <Alert color="teal" variant="light" icon={<IconCircleCheck />} role="status">
        {words.filters.noProblems}
      </Alert>
    );
  }
  const worst = diagnostics.some(({ severity }) => severity === 'error') ? 'red' : 'yellow';
  return (
    <Alert color={worst} icon={<IconAlertTriangle />} title={words.filters.problems} role="status">
      <List size="sm" spacing={6}>
        {diagnostics.map(({ code, message, span, expected }) => (
          <List.Item key={`${code} ${span.file} ${span.line} ${span.column}`}>
            <Text size="sm" fw={600}>
              {words.filters.problemAt(span.line, span.column)}
            </Text>
            <Text size="sm">{message}</Text>
            {expected !== undefined && (
              <Text size="sm" c="dimmed">
                {words.filters.right} {expected}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
