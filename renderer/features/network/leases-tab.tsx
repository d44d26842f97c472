import { Badge, Button, Code, Stack, Table, Text, Title } from '@mantine/core';
import { IconAddressBook, IconPin, IconPinnedOff } from '@tabler/icons-react';
import { usePropose } from '../../change/use-propose.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { type GuestAddress, joinAddresses } from './join-addresses.ts';
import type { NetworkTabProps } from './network-tab-props.ts';

const said = words.network.leases;
const formatTime = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });

function PinButton({ network, guest }: { readonly network: string; readonly guest: GuestAddress }) {
  const propose = usePropose();
  const { address, mac, name, pinned } = guest;
  if (mac === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {said.noMac}
      </Text>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={pinned ? <IconPinnedOff size={14} aria-hidden /> : <IconPin size={14} aria-hidden />}
      aria-label={pinned ? said.unpinLabel(address) : said.pinLabel(address)}
      onClick={() =>
        propose([
          pinned
            ? { action: 'pin-address', network, mac }
            : { action: 'pin-address', network, mac, address, ...(name !== undefined && { name }) },
        ])
      }
    >
      {pinned ? said.unpin : said.pin}
    </Button>
  );
}

/** Who has which address, and which stay with their guest. */
export function LeasesTab({ summary, details }: NetworkTabProps) {
  const guests = joinAddresses(details.leases, details.kept);
  if (guests.length === 0) return <EmptyState icon={IconAddressBook} title={said.none} hint={said.noneHint} />;
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
      <Table.ScrollContainer minWidth={620}>
        <Table highlightOnHover aria-label={said.caption}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{said.name}</Table.Th>
              <Table.Th>{said.address}</Table.Th>
              <Table.Th>{said.mac}</Table.Th>
              <Table.Th>{said.expires}</Table.Th>
              <Table.Th>{said.action}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {guests.map((guest) => (
              <Table.Tr key={guest.address}>
                <Table.Td>
                  {guest.name ?? (
                    <Text size="sm" c="dimmed">
                      {said.noName}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Code>{guest.address}</Code>{' '}
                  {guest.pinned && (
                    <Badge size="sm" variant="light" tt="none" leftSection={<IconPin size={10} aria-hidden />}>
                      {said.pinned}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td>{guest.mac ?? '–'}</Table.Td>
                <Table.Td>
                  {!guest.leased ? said.away : guest.expires === undefined ? said.forGood : formatTime(guest.expires)}
                </Table.Td>
                <Table.Td>
                  <PinButton network={summary.name} guest={guest} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
