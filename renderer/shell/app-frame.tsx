import {
  AppShell,
  Badge,
  Burger,
  Button,
  Group,
  Kbd,
  Text,
  Tooltip,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconFlask, IconLock, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { WaitingBanner } from '../change/waiting-banner.tsx';
import { useAnswer } from '../rpc/use-answer.ts';
import { words } from '../words/words.ts';
import { ForceBanner } from './force-banner.tsx';
import { LostBanner } from './lost-banner.tsx';
import { Navigation } from './navigation.tsx';
import { routeTo } from './route.ts';
import { UnlockButton } from './unlock-button.tsx';

function Rights() {
  const app = useAnswer('app.describe', {}).data;
  if (app === undefined || app.rights === 'root' || app.rights === 'granted') return null;
  const isHopeless = app.rights === 'unavailable';
  const hint = isHopeless ? words.rights.unavailableHint : words.rights.askHint;
  return (
    <Group gap="xs" wrap="nowrap">
      <Tooltip label={hint}>
        <Badge variant="light" color="gray" leftSection={<IconLock size={12} aria-hidden />} tt="none" visibleFrom="sm">
          {words.rights[app.rights]}
        </Badge>
      </Tooltip>
      {!isHopeless && <UnlockButton />}
    </Group>
  );
}

function Place() {
  const app = useAnswer('app.describe', {}).data;
  if (app?.place !== 'lab') return null;
  return (
    <Tooltip label={words.place.labHint}>
      <Badge color="grape" variant="light" leftSection={<IconFlask size={12} aria-hidden />} tt="none">
        {words.place.lab}
      </Badge>
    </Tooltip>
  );
}

/** What stands around every screen: navigation at the left, and above it where one is, what one may, and how to find things. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  useEffect(() => {
    addEventListener('hashchange', close);
    return () => removeEventListener('hashchange', close);
  }, [close]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}>
      <button type="button" className="skip-link" onClick={skipToContent}>
        {words.navigation.skip}
      </button>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.navigation.open} />
            <UnstyledButton component="a" href={routeTo([])} aria-label={words.app}>
              <Group gap={8} wrap="nowrap">
                <img src="./icon.svg" alt="" width={24} height={24} />
                <Text fw={650} visibleFrom="xs">
                  {words.app}
                </Text>
              </Group>
            </UnstyledButton>
            <Place />
          </Group>
          <Group gap="sm" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              c="dimmed"
              leftSection={<IconSearch size={14} aria-hidden />}
              onClick={() => spotlight.open()}
              visibleFrom="xs"
            >
              <VisuallyHidden>{words.navigation.palette}</VisuallyHidden>
              <Kbd size="xs">Ctrl K</Kbd>
            </Button>
            <Rights />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="sm"
        aria-label={words.navigation.label}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <Navigation onGo={close} />
      </AppShell.Navbar>
      {/* Room below the last button of a screen, over which notices lie. */}
      <AppShell.Main id="main" tabIndex={-1} pb={140}>
        <LostBanner />
        <ForceBanner />
        <WaitingBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

/** No link: the fragment is the route's. */
function skipToContent(): void {
  document.getElementById('main')?.focus();
}
