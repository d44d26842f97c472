import { List, Table, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { AppDescription } from '../../../shared/rpc/app.ts';
import { words } from '../../words/words.ts';
import { Section } from './section.tsx';

const said = words.settings.engine;

type Ability = AppDescription['abilities'][number];

function AbilityItem({ name, present, meaning }: Ability) {
  return (
    <List.Item
      icon={
        <ThemeIcon size="sm" variant="light" color={present ? 'teal' : 'gray'} aria-hidden>
          {present ? <IconCheck size={14} /> : <IconX size={14} />}
        </ThemeIcon>
      }
    >
      <Text size="sm" fw={500}>
        {name}: {present ? said.present : said.absent}
      </Text>
      <Text size="sm" c="dimmed">
        {meaning}
      </Text>
    </List.Item>
  );
}

/** Which tool writes the rules and why, and what the kernel can. */
export function EngineSection({ app: { backend, abilities, stateFolder, version } }: { readonly app: AppDescription }) {
  const facts = [
    [said.version, version],
    [said.folder, stateFolder],
    ...(backend === undefined
      ? []
      : [
          [said.backend, backend.name],
          [said.because, backend.reason],
          [said.kernel, backend.kernel],
          [said.nft, backend.nftVersion],
        ]),
  ] as const;
  return (
    <Section title={said.title}>
      <Table variant="vertical" layout="fixed">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={130}>{name}</Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {backend === undefined && (
        <Text size="sm" c="dimmed">
          {said.unknown}
        </Text>
      )}
      {abilities.length > 0 && (
        <>
          <Title order={3} size="h5">
            {said.abilities}
          </Title>
          <List spacing="xs">
            {abilities.map((each) => (
              <AbilityItem key={each.name} {...each} />
            ))}
          </List>
        </>
      )}
    </Section>
  );
}
