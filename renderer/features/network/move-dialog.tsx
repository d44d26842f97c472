import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { parseSubnet } from '../../../shared/net/subnet.ts';
import { usePropose } from '../../change/use-propose.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';

interface MoveFormProps {
  readonly name: string;
  readonly free: string | undefined;
  readonly onClose: () => void;
}

function MoveForm({ name, free, onClose }: MoveFormProps) {
  const [text, setText] = useState(free ?? '');
  const propose = usePropose();
  const subnet = text.trim();
  const isRight = parseSubnet(subnet) !== undefined;
  const { move } = words.network;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRight) return;
        onClose();
        propose([{ action: 'renumber-network', network: name, subnet }]);
      }}
    >
      <Stack>
        <Text size="sm">{move.hint}</Text>
        <TextInput
          label={move.subnet}
          description={free === undefined ? move.noneFree : move.free(free)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={subnet !== '' && !isRight && move.bad}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {move.cancel}
          </Button>
          <Button type="submit" disabled={!isRight}>
            {move.go}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MoveDialogProps {
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks where a network is to go; proposes a subnet that nothing on this computer uses. */
export function MoveDialog({ name, opened, onClose }: MoveDialogProps) {
  const details = useAnswer('network.read', { name }, { enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.network.move.title(name)}
      closeButtonProps={{ 'aria-label': words.network.move.cancel }}
    >
      <Answered answer={details}>
        {({ freeSubnet }) => <MoveForm name={name} free={freeSubnet} onClose={onClose} />}
      </Answered>
    </Modal>
  );
}
