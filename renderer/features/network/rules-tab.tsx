import { Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconListDetails, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { chainPurpose } from './chain-purpose.ts';
import type { NetworkTabProps } from './network-tab-props.ts';

const said = words.network.rules;

function ChainName({ chain }: { readonly chain: string }) {
  const purpose = chainPurpose(chain);
  return (
    <Stack gap={2} align="flex-start" maw={260}>
      {purpose !== undefined && <Text size="sm">{purpose}</Text>}
      <Code>{chain}</Code>
    </Stack>
  );
}

/** The network's rules as the kernel has them, with what they have counted. */
export function RulesTab({ summary, details }: NetworkTabProps) {
  const queries = useQueryClient();
  if (details.rules.length === 0) return <EmptyState icon={IconListDetails} title={said.none} hint={said.noneHint} />;
  const rows = details.rules.map((rule, at) => ({ ...rule, at }));
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
        </div>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => void queries.invalidateQueries({ queryKey: ['network.read', { name: summary.name }] })}
        >
          {said.again}
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={720}>
        <Table aria-label={said.caption}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{said.chain}</Table.Th>
              <Table.Th>{said.rule}</Table.Th>
              <Table.Th ta="right">{said.packets}</Table.Th>
              <Table.Th ta="right">{said.bytes}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ at, chain, text, packets, bytes }) => (
              <Table.Tr key={at}>
                <Table.Td>{rows[at - 1]?.chain !== chain && <ChainName chain={chain} />}</Table.Td>
                <Table.Td>
                  <Code>{text}</Code>
                </Table.Td>
                {packets === undefined ? (
                  <Table.Td ta="right" colSpan={2} c="dimmed">
                    {said.notCounted}
                  </Table.Td>
                ) : (
                  <>
                    <Table.Td ta="right">{packets.toLocaleString()}</Table.Td>
                    <Table.Td ta="right">{(bytes ?? 0).toLocaleString()}</Table.Td>
                  </>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
