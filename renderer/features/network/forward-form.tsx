import { Alert, Autocomplete, Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import { IconArrowForwardUp, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Forward } from '../../../shared/rpc/changes.ts';
import type { NetworkDetails, TakenPort } from '../../../shared/rpc/network.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';
import { type Conflict, findConflict, standsInTheWay } from './find-conflict.ts';
import { isGuestAddress } from './is-guest-address.ts';
import { readGuest } from './read-guest.ts';
import { readPorts } from './read-ports.ts';

const said = words.network.forwards;

function describeConflict({ by, port }: Conflict): string {
  if (by.kind === 'forward') return said.forward(port, by.network);
  return by.everywhere ? said.process(port, by.process, by.pid) : said.freeLocal(by.process);
}

function PortNotice({ conflict }: { readonly conflict: Conflict | undefined }) {
  const isTaken = conflict !== undefined && standsInTheWay(conflict);
  return (
    <Alert
      py={6}
      color={isTaken ? 'red' : 'teal'}
      icon={isTaken ? <IconExclamationCircle /> : <IconCircleCheck />}
      role="status"
    >
      {conflict === undefined ? said.free : describeConflict(conflict)}
    </Alert>
  );
}

interface ForwardFormProps {
  readonly network: string;
  /** The host's on the network's bridge. */
  readonly addresses: readonly string[];
  readonly details: Pick<NetworkDetails, 'taken' | 'leases' | 'kept'>;
}

/** A new forward; says as one types whether the port is free, and who has it. */
export function ForwardForm({ network, addresses, details }: ForwardFormProps) {
  const propose = usePropose();
  const [protocol, setProtocol] = useState<TakenPort['protocol']>('tcp');
  const [hostText, setHostText] = useState('');
  const [guestText, setGuestText] = useState('');
  const [guestPortText, setGuestPortText] = useState('');
  const [stay, setStay] = useState('good');
  const hostPorts = readPorts(hostText);
  const guestPorts = guestPortText.trim() === '' ? hostPorts : readPorts(guestPortText);
  const guest = readGuest(guestText);
  const isStranger = guest?.by === 'address' && !isGuestAddress(guest.address, addresses);
  const conflict = hostPorts && findConflict(protocol, hostPorts, details.taken);
  const isUnequal =
    hostPorts !== undefined &&
    guestPorts !== undefined &&
    hostPorts.high - hostPorts.low !== guestPorts.high - guestPorts.low;
  const isTaken = conflict !== undefined && standsInTheWay(conflict);
  const isWhole =
    hostPorts !== undefined && guestPorts !== undefined && guest !== undefined && !isStranger && !isUnequal && !isTaken;
  const names = [...details.leases.map(({ hostname }) => hostname), ...details.kept.map(({ name }) => name)];
  const known = [...new Set(names.filter((each) => each !== undefined))];

  function submit(): void {
    if (hostPorts === undefined || guestPorts === undefined || guest === undefined || !isWhole) return;
    const forward: Forward = {
      protocol,
      hostPorts,
      guestPorts,
      guest,
      ...(stay !== 'good' && { expires: Math.floor(Date.now() / 1000) + Number(stay) }),
    };
    propose([{ action: 'add-forward', network, forward }], () => {
      setHostText('');
      setGuestPortText('');
    });
  }

  return (
    <Paper
      withBorder
      p="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <NativeSelect
            label={said.protocol}
            data={['tcp', 'udp']}
            value={protocol}
            onChange={(event) => setProtocol(event.currentTarget.value === 'udp' ? 'udp' : 'tcp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            w={90}
          />
          <TextInput
            label={said.hostPort}
            value={hostText}
            onChange={(event) => setHostText(event.currentTarget.value)}
            error={hostText.trim() !== '' && hostPorts === undefined && said.badPort}
            inputMode="numeric"
            w={130}
          />
          <Autocomplete
            label={said.guest}
            description={said.guestHint}
            data={known}
            value={guestText}
            onChange={setGuestText}
            error={guestText.trim() !== '' && (guest === undefined ? said.badGuest : isStranger && said.noGuest)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            w={200}
          />
          <TextInput
            label={said.guestPort}
            description={said.guestPortHint}
            value={guestPortText}
            onChange={(event) => setGuestPortText(event.currentTarget.value)}
            error={guestPortText.trim() !== '' && (guestPorts === undefined ? said.badPort : isUnequal && said.unequal)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            inputMode="numeric"
            w={160}
          />
          <NativeSelect
            label={said.expires}
            data={[...said.durations]}
            value={stay}
            onChange={(event) => setStay(event.currentTarget.value)}
            w={140}
          />
          <Button type="submit" mt={25} disabled={!isWhole} leftSection={<IconArrowForwardUp size={16} aria-hidden />}>
            {said.add}
          </Button>
        </Group>
        {hostPorts !== undefined && <PortNotice conflict={conflict} />}
      </Stack>
    </Paper>
  );
}
