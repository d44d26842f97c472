import { Alert, Anchor, Badge, Button, Card, Group, List, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconNetwork, IconPlus, IconShield, IconShieldOff, IconWifi } from '@tabler/icons-react';
import type { Machine, NetworkSummary, Nic, Problem } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle />}>
      <List size="sm">
        {problems.map(({ kind, message, cure }) => (
          <List.Item key={`${kind} ${message}`}>
            {message} {cure}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** A filter that does not hold, or waits for its device, is no shield. */
function Shield({ nic: { filter, problems } }: { readonly nic: Nic }) {
  if (filter === undefined) {
    return (
      <Badge variant="light" color="gray" tt="none" leftSection={<IconShieldOff size={12} aria-hidden />}>
        {words.map.open}
      </Badge>
    );
  }
  const fails = problems.some(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    return (
      <Badge
        variant="outline"
        color={fails ? 'red' : 'orange'}
        c="var(--mantine-color-text)"
        tt="none"
        leftSection={<IconAlertTriangle size={12} aria-hidden />}
      >
        {fails ? words.map.doesNotHold(filter.name) : words.map.waits(filter.name)}
      </Badge>
    );
  }
  return (
    <Badge variant="light" color="teal" tt="none" leftSection={<IconShield size={12} aria-hidden />}>
      {filter.name}
    </Badge>
  );
}

const nameOf = ({ device, hypervisor, port }: Nic): string => hypervisor?.guest ?? port?.guest ?? device;

function Nics({ nics }: { readonly nics: readonly Nic[] }) {
  if (nics.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.map.noGuests}
      </Text>
    );
  }
  return (
    <Table verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.map.guest}</Table.Th>
          <Table.Th>{words.map.address}</Table.Th>
          <Table.Th>{words.map.filter}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {nics.map((nic) => (
          <Table.Tr key={nic.device}>
            <Table.Td>
              <Anchor size="sm" href={routeTo(['guests', nic.device])}>
                {nameOf(nic)}
              </Anchor>
            </Table.Td>
            <Table.Td>{nic.addresses[0]?.address ?? '–'}</Table.Td>
            <Table.Td>
              <Shield nic={nic} />
              {nic.problems.map(({ kind, message }) => (
                <Text key={kind} size="xs" mt={4}>
                  {message}
                </Text>
              ))}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function NetworkCard({ network, nics }: { readonly network: NetworkSummary; readonly nics: readonly Nic[] }) {
  const { name, kind, started, addresses, problems } = network;
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            <Anchor href={routeTo(['network', name])}>{name}</Anchor>
          </Title>
          <Group gap={6}>
            <Badge variant="light" tt="none">
              {words.kinds[kind]}
            </Badge>
            <Badge variant="light" color={started ? 'teal' : 'gray'} tt="none">
              {started ? words.map.started : words.map.stopped}
            </Badge>
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          {addresses.join(', ')}
        </Text>
        <Problems problems={problems} />
        <Nics nics={nics} />
      </Stack>
    </Card>
  );
}

function MachineView({ machine }: { readonly machine: Machine }) {
  const { networks, nics, uplinks, problems } = machine;
  const elsewhere = nics.filter(({ network }) => network === undefined);
  if (networks.length === 0 && nics.length === 0) {
    return (
      <>
        <Problems problems={problems} />
        <EmptyState
          icon={IconNetwork}
          title={words.map.empty}
          hint={words.map.emptyHint}
          action={
            <Button component="a" href={routeTo(['new-network'])} leftSection={<IconPlus size={18} aria-hidden />}>
              {words.screens.newNetwork}
            </Button>
          }
        />
      </>
    );
  }
  return (
    <Stack gap="md">
      <Problems problems={problems} />
      <Group gap="xs">
        {uplinks.map(({ device, kind, addresses }) => (
          <Badge key={device} variant="outline" size="lg" tt="none" leftSection={<IconWifi size={14} aria-hidden />}>
            {`${device}: ${words.map.uplinks[kind]} ${addresses[0] ?? ''}`}
          </Badge>
        ))}
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {networks.map((network) => (
          <NetworkCard key={network.name} network={network} nics={nics.filter((nic) => nic.network === network.name)} />
        ))}
        {elsewhere.length > 0 && (
          <Card withBorder>
            <Title order={2} size="h4" mb="sm">
              {words.map.elsewhere}
            </Title>
            <Nics nics={elsewhere} />
          </Card>
        )}
      </SimpleGrid>
    </Stack>
  );
}

/** Home: every network of the machine with its guests, and what leads out. */
export function MapScreen() {
  const machine = useAnswer('machine.read', {});
  return (
    <Page title={words.screens.map}>
      <Answered answer={machine}>{(seen) => <MachineView machine={seen} />}</Answered>
    </Page>
  );
}
