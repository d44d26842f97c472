import { Alert, Anchor, Button, Group, Paper, Stack, Title } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconTrash } from '@tabler/icons-react';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { goTo, routeTo } from '../../shell/route.ts';
import { FactsTable } from '../../ui/facts-table.tsx';
import { words } from '../../words/words.ts';
import { AttachForm } from './attach-form.tsx';
import { nicTitle } from './choose-nics.ts';
import { ProtectionSwitches } from './protection-switches.tsx';

const said = words.guests;

function Facts({ nic }: { readonly nic: Nic }) {
  const { facts } = said;
  const { device, present, hypervisor, mac, macFrom, addresses, network } = nic;
  const rows = [
    [facts.device, present ? device : `${device} (${said.away})`],
    [
      facts.hypervisor,
      hypervisor === undefined
        ? facts.unknown
        : [hypervisor.name, ...(hypervisor.pid === undefined ? [] : [facts.process(hypervisor.pid)])].join(', '),
    ],
    [facts.mac, mac === undefined ? facts.unknown : `${mac}${macFrom === undefined ? '' : ` (${macFrom})`}`],
    [
      facts.addresses,
      addresses.length === 0
        ? facts.unknown
        : addresses.map(({ address, from }) => `${address} (${facts.from[from]})`).join(', '),
    ],
    [
      facts.network,
      network === undefined ? (
        facts.noNetwork
      ) : (
        <Anchor key={network} size="sm" href={routeTo(['network', network])} underline="always">
          {network}
        </Anchor>
      ),
    ],
  ] as const;
  return <FactsTable rows={rows} />;
}

/** One NIC: what is known of it, and what it may do. */
export function NicDetail({ nic }: { readonly nic: Nic }) {
  const propose = usePropose();
  return (
    <Stack>
      <Anchor href={routeTo(['guests'])} hiddenFrom="md" size="sm">
        <Group gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {said.back}
        </Group>
      </Anchor>
      <Group justify="space-between">
        <Title order={2} size="h3">
          {nicTitle(nic)}
        </Title>
        {nic.port !== undefined && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => propose([{ action: 'delete-port', device: nic.device }], () => goTo(['guests']))}
          >
            {said.port.remove}
          </Button>
        )}
      </Group>
      {nic.problems.map(({ kind, message, cure }) => (
        <Alert key={kind} color="orange" icon={<IconAlertTriangle />}>
          {[message, cure].filter((each) => each !== undefined).join(' ')}
        </Alert>
      ))}
      <Paper withBorder p="md">
        <Facts nic={nic} />
      </Paper>
      <ProtectionSwitches nic={nic} />
      <AttachForm nic={nic} />
    </Stack>
  );
}
