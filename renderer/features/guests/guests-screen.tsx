import { Button, Grid, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconDeviceDesktop, IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { useRoute } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import { chooseNics, type NicState, nicStates } from './choose-nics.ts';
import { NewPortDialog } from './new-port-dialog.tsx';
import { NicDetail } from './nic-detail.tsx';
import { NicList } from './nic-list.tsx';

const said = words.guests;

function Guests({ machine }: { readonly machine: Machine }) {
  const chosen = useRoute().parts[1];
  const [search, setSearch] = useState('');
  const [state, setState] = useState<NicState>('all');
  // On a narrow window there is room for one of the two: the list, or the NIC that was chosen from it.
  const isNarrow = useMediaQuery('(max-width: 61.9375em)', false, { getInitialValueInEffect: false });
  const shown = chooseNics(machine.nics, search, state);
  const nic = machine.nics.find(({ device }) => device === chosen);
  return (
    <Grid gap="lg">
      {!(isNarrow && chosen !== undefined) && (
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="sm">
            <TextInput
              type="search"
              aria-label={said.search}
              placeholder={said.search}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={said.stateLabel}
              data={nicStates.map((value) => ({ value, label: said.states[value] }))}
              value={state}
              onChange={(next) => setState(nicStates.find((each) => each === next) ?? 'all')}
            />
            <Text size="sm" c="dimmed" role="status">
              {said.count(shown.length, machine.nics.length)}
            </Text>
            {shown.length === 0 ? (
              <EmptyState icon={IconSearchOff} title={said.nothingFits} />
            ) : (
              <NicList nics={shown} chosen={chosen} />
            )}
          </Stack>
        </Grid.Col>
      )}
      {!(isNarrow && chosen === undefined) && (
        <Grid.Col span={{ base: 12, md: 7 }}>
          {nic !== undefined ? (
            <NicDetail key={nic.device} nic={nic} />
          ) : (
            <EmptyState
              icon={IconDeviceDesktop}
              title={chosen === undefined ? said.choose : said.notFound(chosen)}
              hint={said.chooseHint}
            />
          )}
        </Grid.Col>
      )}
    </Grid>
  );
}

/** Every NIC of a guest, what is known of it, and what it may do. */
export function GuestsScreen() {
  const machine = useAnswer('machine.read', {});
  const [isMaking, { open, close }] = useDisclosure(false);
  const newPort = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
      {said.port.new}
    </Button>
  );
  return (
    <Page title={words.screens.guests} lead={said.lead} actions={newPort}>
      <Answered answer={machine}>
        {(seen) => (
          <>
            {seen.nics.length === 0 ? (
              <EmptyState icon={IconDeviceDesktop} title={said.none} hint={said.noneHint} />
            ) : (
              <Guests machine={seen} />
            )}
            <NewPortDialog networks={seen.networks} opened={isMaking} onClose={close} />
          </>
        )}
      </Answered>
    </Page>
  );
}
