import { Button, Center, Loader } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Suspense } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { PartBoundary } from '../ui/part-boundary.tsx';
import { words } from '../words/words.ts';
import { routeTo, useRoute } from './route.ts';
import { screens } from './screens.ts';

/** The screen that the route names; the first one where it names none. */
export function CurrentScreen() {
  const { parts } = useRoute();
  const screen = parts.length === 0 ? screens[0] : screens.find(({ part }) => part === parts[0]);
  if (screen === undefined) {
    return (
      <EmptyState
        icon={IconMapQuestion}
        title={words.states.notFound}
        action={
          <Button component="a" href={routeTo([])} variant="default">
            {words.states.home}
          </Button>
        }
      />
    );
  }
  const Screen = screen.component;
  return (
    <PartBoundary key={screen.part}>
      <Suspense
        fallback={
          <Center mih={240}>
            <Loader type="dots" />
          </Center>
        }
      >
        <Screen />
      </Suspense>
    </PartBoundary>
  );
}
