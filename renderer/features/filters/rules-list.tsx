import { Anchor, Box, Code, Stack, Text } from '@mantine/core';
import type { CompiledRule } from '../../../shared/rpc/filters.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';

interface RulesListProps {
  readonly rules: readonly CompiledRule[];
  /** The filter whose text stands beside them, and the line of it that is looked at. */
  readonly filter: string;
  readonly line: number | undefined;
  readonly onLine: (line: number) => void;
}

/** The rules that a filter becomes; those of the line that is looked at are marked, and each leads to its line. */
export function RulesList({ rules, filter, line, onLine }: RulesListProps) {
  if (rules.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.filters.noRules}
      </Text>
    );
  }
  return (
    <Stack gap={6} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
      {rules.map((rule, at) => {
        const isOwn = rule.filter === filter;
        const isLit = isOwn && rule.line === line;
        const place = words.filters.ofLine(rule.filter, rule.line);
        return (
          <Box
            // biome-ignore lint/suspicious/noArrayIndexKey: the same rule can stand twice, and the list is made anew as a whole.
            key={`${rule.chain} ${rule.text} ${at}`}
            component="li"
            p={6}
            bd={isLit ? '2px solid var(--mantine-primary-color-filled)' : '1px solid var(--ward-line)'}
            style={{ borderRadius: 6 }}
            onMouseEnter={() => isOwn && onLine(rule.line)}
          >
            <Code block fz={12} p={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {rule.text}
            </Code>
            {isOwn ? (
              <Anchor component="button" type="button" size="xs" onClick={() => onLine(rule.line)}>
                {place}
              </Anchor>
            ) : (
              <Anchor size="xs" href={routeTo(['filters', rule.filter], { line: String(rule.line) })}>
                {place}
              </Anchor>
            )}
          </Box>
        );
      })}
    </Stack>
  );
}
