import { Group, Text } from '@mantine/core';
import type { AppDescription } from '../../../shared/rpc/app.ts';
import { UnlockButton } from '../../shell/unlock-button.tsx';
import { words } from '../../words/words.ts';
import { Section } from './section.tsx';

const said = words.settings.rights;

/** What Guestward may do, how consent is asked for, and what for. */
export function RightsSection({ app: { rights, consent } }: { readonly app: AppDescription }) {
  return (
    <Section title={said.title}>
      <Text size="sm">{said.states[rights]}</Text>
      {rights !== 'root' && rights !== 'unavailable' && <Text size="sm">{said.consent[consent]}</Text>}
      {rights !== 'root' && (
        <Text size="sm" c="dimmed">
          {said.use}
        </Text>
      )}
      {(rights === 'ask' || rights === 'refused') && (
        <Group>
          <UnlockButton />
        </Group>
      )}
    </Section>
  );
}
