import { Alert, Button, Center, Group, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLock, IconMap2, IconNetwork, IconPlus, IconTable } from '@tabler/icons-react';
import { Suspense, useEffect, useState } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { useHappening } from '../../rpc/use-happening.ts';
import { routeTo } from '../../shell/route.ts';
import { UnlockButton } from '../../shell/unlock-button.tsx';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Page } from '../../ui/page.tsx';
import { words } from '../../words/words.ts';
import './map.css';
import { useMapStore } from './map-store.ts';
import { MapTable } from './map-table.tsx';
import { keepMapView, type MapView, readMapView } from './map-view.ts';
import { SidePanel } from './side-panel.tsx';
import { TroubleList } from './trouble-list.tsx';
import { useWatchDrops } from './use-watch-drops.ts';

const said = words.map;

// What draws is large, and who looks at the table needs nothing of it.
const MapCanvas = lazyPart(async () => (await import('./map-canvas.tsx')).MapCanvas);

const newNetwork = (
  <Button component="a" href={routeTo(['new-network'])} leftSection={<IconPlus size={18} aria-hidden />}>
    {words.screens.newNetwork}
  </Button>
);

/** What stands above the map where something is missing from it. */
function Notices({ machine }: { readonly machine: Machine }) {
  const { networks, force } = machine;
  if (force === 'unknown') {
    return (
      <Alert color="blue" icon={<IconLock />} title={said.lockedTitle}>
        <Group justify="space-between">
          <Text size="sm">{said.locked}</Text>
          <UnlockButton />
        </Group>
      </Alert>
    );
  }
  if (networks.length > 0) return null;
  return (
    <Alert color="blue" icon={<IconNetwork />} title={said.noNetwork}>
      <Group justify="space-between">
        <Text size="sm">{said.emptyHint}</Text>
        {newNetwork}
      </Group>
    </Alert>
  );
}

function MachineView({ machine, view }: { readonly machine: Machine; readonly view: MapView }) {
  const chosen = useMapStore((store) => store.chosen);
  useWatchDrops(machine);
  // Nothing is left open for when somebody comes back.
  useEffect(() => () => useMapStore.setState({ chosen: undefined, opener: undefined, wanted: undefined }), []);
  return (
    <Stack gap="sm">
      <Notices machine={machine} />
      <TroubleList machine={machine} />
      <div className="map-room">
        {view === 'table' ? (
          <div className="map-twin">
            <MapTable machine={machine} />
          </div>
        ) : (
          <div className="map-ground">
            <Suspense
              fallback={
                <Center h="100%">
                  <Loader type="dots" />
                </Center>
              }
            >
              <MapCanvas machine={machine} />
            </Suspense>
          </div>
        )}
        {chosen !== undefined && <SidePanel machine={machine} id={chosen} />}
      </div>
    </Stack>
  );
}

const isNothing = ({ networks, nics, force }: Machine): boolean =>
  force !== 'unknown' && networks.length === 0 && nics.length === 0;

/** Home: every network of the machine with its guests, and what leads out. */
export function MapScreen() {
  const machine = useAnswer('machine.read', {});
  const [kept, setKept] = useState(readMapView);
  const isNarrow = useMediaQuery('(max-width: 699px)', false, { getInitialValueInEffect: false });
  const count = useMapStore((store) => store.count);
  useHappening('machine.traffic', count);
  const view = kept ?? (isNarrow ? 'table' : 'map');
  const hasAny = machine.data !== undefined && !isNothing(machine.data);

  const choice = (
    <SegmentedControl
      aria-label={said.views.label}
      value={view}
      onChange={(next) => {
        const chosen = next === 'table' ? 'table' : 'map';
        keepMapView(chosen);
        setKept(chosen);
      }}
      data={[
        { value: 'map', label: <ViewLabel icon={IconMap2} text={said.views.map} /> },
        { value: 'table', label: <ViewLabel icon={IconTable} text={said.views.table} /> },
      ]}
    />
  );
  return (
    <Page title={words.screens.map} wide actions={hasAny ? choice : undefined}>
      <Answered answer={machine}>
        {(seen) =>
          isNothing(seen) ? (
            <Stack>
              <TroubleList machine={seen} />
              <EmptyState icon={IconNetwork} title={said.empty} hint={said.emptyHint} action={newNetwork} />
            </Stack>
          ) : (
            <MachineView machine={seen} view={view} />
          )
        }
      </Answered>
    </Page>
  );
}

function ViewLabel({ icon: Icon, text }: { readonly icon: typeof IconMap2; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Icon size={16} aria-hidden />
      {text}
    </Group>
  );
}
