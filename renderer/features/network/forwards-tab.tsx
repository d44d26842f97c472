import { ActionIcon, Code, Stack, Table, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Forward } from '../../../shared/rpc/changes.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';
import { ForwardForm } from './forward-form.tsx';
import type { NetworkTabProps } from './network-tab-props.ts';
import { showGuest } from './read-guest.ts';
import { showPorts } from './read-ports.ts';

const said = words.network.forwards;

function staysText(expires: number | undefined): string {
  if (expires === undefined) return said.durations[0].label;
  const ends = new Date(expires * 1000);
  return ends.getTime() <= Date.now()
    ? said.over
    : said.until(ends.toLocaleString([], { dateStyle: 'short', timeStyle: 'short' }));
}

const hostEnd = ({ protocol, hostPorts }: Forward): string => `${protocol}/${showPorts(hostPorts)}`;

/** Ports of the host that lead to guests. */
export function ForwardsTab({ summary, details }: NetworkTabProps) {
  const propose = usePropose();
  const { forwards } = details;
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {said.title}
        </Title>
        <Text size="sm" c="dimmed">
          {said.hint}
        </Text>
      </div>
      {forwards.length === 0 ? (
        <Text>{`${said.none}. ${said.noneHint}`}</Text>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={said.caption}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{said.hostPort}</Table.Th>
                <Table.Th>{said.guest}</Table.Th>
                <Table.Th>{said.guestPort}</Table.Th>
                <Table.Th>{said.expires}</Table.Th>
                <Table.Th ta="right">{said.action}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {forwards.map((forward) => (
                <Table.Tr key={`${hostEnd(forward)} ${showGuest(forward.guest)}`}>
                  <Table.Td>
                    <Code>{hostEnd(forward)}</Code>
                  </Table.Td>
                  <Table.Td>{showGuest(forward.guest)}</Table.Td>
                  <Table.Td>{showPorts(forward.guestPorts)}</Table.Td>
                  <Table.Td>{staysText(forward.expires)}</Table.Td>
                  <Table.Td ta="right">
                    <ActionIcon
                      variant="default"
                      aria-label={said.remove(hostEnd(forward))}
                      onClick={() => propose([{ action: 'remove-forward', network: summary.name, forward }])}
                    >
                      <IconX size={16} aria-hidden />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <ForwardForm network={summary.name} addresses={summary.addresses} details={details} />
    </Stack>
  );
}
