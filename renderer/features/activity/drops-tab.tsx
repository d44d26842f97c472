import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';

function RuleLink({ group: { rule, network } }: { readonly group: DropGroup }) {
  const { drops } = words.activity;
  if (rule !== undefined) {
    return (
      <Anchor size="sm" href={routeTo(['filters', rule.filter], { line: String(rule.line) })}>
        {drops.line(rule.filter, rule.line)}
      </Anchor>
    );
  }
  return network === undefined ? null : (
    <Anchor size="sm" href={routeTo(['network', network])}>
      {drops.ofNetwork(network)}
    </Anchor>
  );
}

const keyOf = ({ rule, network, verdict }: DropGroup): string =>
  `${rule?.filter ?? ''}:${rule?.line ?? ''} ${network ?? ''} ${verdict}`;

/** What each rule has turned away, by the kernel's own count. */
export function DropsTab() {
  const counted = useAnswer('drops.list', {});
  const { drops } = words.activity;
  return (
    <Answered answer={counted}>
      {({ groups }) => (
        <Stack gap="sm">
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {drops.note}
            </Text>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={counted.isFetching}
              onClick={() => void counted.refetch()}
            >
              {drops.again}
            </Button>
          </Group>
          {groups.length === 0 ? (
            <EmptyState icon={IconShieldCheck} title={drops.empty} hint={drops.emptyHint} />
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{drops.rule}</Table.Th>
                  <Table.Th>{drops.verdict}</Table.Th>
                  <Table.Th ta="right">{drops.packets}</Table.Th>
                  <Table.Th ta="right">{drops.bytes}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {groups.map((group) => (
                  <Table.Tr key={keyOf(group)}>
                    <Table.Td>
                      <RuleLink group={group} />
                    </Table.Td>
                    <Table.Td>{drops.verdicts[group.verdict]}</Table.Td>
                    <Table.Td ta="right">{group.packets.toLocaleString()}</Table.Td>
                    <Table.Td ta="right">{group.bytes.toLocaleString()}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Stack>
      )}
    </Answered>
  );
}
