import { Button, NavLink, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { words } from '../words/words.ts';
import { routeTo, useRoute } from './route.ts';
import { screens } from './screens.ts';

interface NavigationProps {
  /** Told when somebody has gone somewhere, so that a drawer can close. */
  readonly onGo: () => void;
}

export function Navigation({ onGo }: NavigationProps) {
  const { parts } = useRoute();
  const here = parts[0] ?? screens[0]?.part;
  return (
    <Stack gap={4}>
      <Button
        component="a"
        href={routeTo(['new-network'])}
        onClick={onGo}
        leftSection={<IconPlus size={18} aria-hidden />}
        mb="xs"
        fullWidth
      >
        {words.navigation.newNetwork}
      </Button>
      {screens.flatMap(({ part, title, icon: Icon }) =>
        Icon === undefined
          ? []
          : [
              <NavLink
                key={part}
                href={routeTo([part])}
                onClick={onGo}
                label={title}
                leftSection={<Icon size={20} stroke={1.6} aria-hidden />}
                active={part === here}
                {...(part === here && { 'aria-current': 'page' as const })}
              />,
            ],
      )}
    </Stack>
  );
}
