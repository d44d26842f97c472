import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Applied } from '../../../shared/rpc/changes.ts';
import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { words } from '../../words/words.ts';
import { PortLines } from './port-lines.tsx';

const said = words.guests.port;

interface NewPortDialogProps {
  readonly networks: readonly NetworkSummary[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface Wish {
  /** Absent: the first one. */
  readonly network?: string;
  readonly guest: string;
  /** Empty: the network's own, or none. */
  readonly filter: string;
}

const noWish: Wish = { guest: '', filter: '' };

interface NewPortFormProps extends Omit<NewPortDialogProps, 'opened'> {
  readonly wish: Wish;
  readonly onWish: (wish: Wish) => void;
  readonly onMake: (made: Applied) => void;
}

function NewPortForm({ networks, wish, onWish, onMake, onClose }: NewPortFormProps) {
  const propose = usePropose();
  const library = useAnswer('filters.list', {}).data?.filters ?? [];
  const { network = networks[0]?.name ?? '', guest, filter } = wish;
  if (networks.length === 0) return <Text>{said.noNetwork}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
        propose(
          [
            {
              action: 'new-port',
              network,
              ...(guest.trim() !== '' && { guest: guest.trim() }),
              ...(filter !== '' && { filter }),
            },
          ],
          onMake,
        );
      }}
    >
      <Stack>
        <Text size="sm">{said.hint}</Text>
        <NativeSelect
          label={said.network}
          data={networks.map(({ name }) => name)}
          value={network}
          onChange={(event) => onWish({ ...wish, network: event.currentTarget.value })}
        />
        <TextInput
          label={said.guest}
          description={said.guestHint}
          value={guest}
          onChange={(event) => onWish({ ...wish, guest: event.currentTarget.value })}
          data-autofocus
        />
        <NativeSelect
          label={said.filter}
          data={[{ value: '', label: said.noFilter }, ...library.map(({ name }) => ({ value: name, label: name }))]}
          value={filter}
          onChange={(event) => onWish({ ...wish, filter: event.currentTarget.value })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {said.cancel}
          </Button>
          <Button type="submit">{said.make}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Makes a TAP for a guest, and shows then what to write where the guest is started. */
export function NewPortDialog({ networks, opened, onClose }: NewPortDialogProps) {
  const [made, setMade] = useState<Applied['port']>();
  // Kept while its preview is looked at, which can be refused.
  const [wish, setWish] = useState(noWish);
  return (
    <>
      <Modal opened={opened} onClose={onClose} title={said.title} closeButtonProps={{ 'aria-label': said.cancel }}>
        <NewPortForm
          networks={networks}
          wish={wish}
          onWish={setWish}
          onClose={onClose}
          onMake={({ port }) => {
            setWish(noWish);
            setMade(port);
          }}
        />
      </Modal>
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        size="lg"
        title={made === undefined ? '' : said.made(made.device)}
        closeButtonProps={{ 'aria-label': said.done }}
      >
        {made !== undefined && <PortLines lines={made.lines} />}
      </Modal>
    </>
  );
}
