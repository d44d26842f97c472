import { ActionIcon, Button, Menu, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsShuffle, IconDots, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import type { NetworkSummary } from '../../../shared/rpc/machine.ts';
import { usePropose } from '../../change/use-propose.ts';
import { goTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import { MoveDialog } from './move-dialog.tsx';

/** What can be done with the network as a whole. */
export function NetworkActions({ summary }: { readonly summary: NetworkSummary }) {
  const { name: network, started, autostart, persistent } = summary;
  const propose = usePropose();
  const [isMoving, { open, close }] = useDisclosure(false);
  const canMove = summary.addresses.length > 0;
  return (
    <>
      {persistent && (
        <Switch
          label={words.network.autostart}
          checked={autostart}
          onChange={() => propose([{ action: 'set-autostart', network, autostart: !autostart }])}
        />
      )}
      {started ? (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={18} aria-hidden />}
          onClick={() => propose([{ action: 'stop-network', network }])}
        >
          {words.network.stop}
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => propose([{ action: 'start-network', network }])}
        >
          {words.network.start}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.network.more}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowsShuffle size={16} aria-hidden />} disabled={!canMove} onClick={open}>
            {words.network.renumber}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => propose([{ action: 'remove-network', network }], () => goTo([]))}
          >
            {words.network.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MoveDialog name={network} opened={isMoving} onClose={close} />
    </>
  );
}
