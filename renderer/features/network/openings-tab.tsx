import { ActionIcon, Alert, Autocomplete, Button, Code, Group, Stack, Switch, Table, Text, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { services } from '../../../shared/network/services.ts';
import type { Opening } from '../../../shared/rpc/changes.ts';
import type { TakenPort } from '../../../shared/rpc/network.ts';
import { usePropose } from '../../change/use-propose.ts';
import { words } from '../../words/words.ts';
import type { NetworkTabProps } from './network-tab-props.ts';
import { readOpening, showOpening } from './read-opening.ts';

const said = words.network.openings;
const serviceNames = Object.keys(services);

/** Who would answer a guest there. A process that listens at 127.0.0.1 alone would not. */
function whoListens({ protocol, ports }: Opening, taken: readonly TakenPort[]): string {
  const there = taken.flatMap(({ by, ...each }) =>
    by.kind === 'process' && each.protocol === protocol && each.low <= ports.high && ports.low <= each.high ? [by] : [],
  );
  const answering = there.filter(({ address }) => !/^(?:127\.|::1$|::ffff:127\.)/.test(address));
  const names = (each: typeof there): string => [...new Set(each.map(({ process }) => process))].join(', ');
  if (answering.length > 0) return said.listens(names(answering));
  return there.length > 0 ? said.localOnly(names(there)) : said.nobody;
}

function AddOpening({
  openings,
  onAdd,
}: {
  readonly openings: readonly Opening[];
  readonly onAdd: (all: readonly Opening[]) => void;
}) {
  const [text, setText] = useState('');
  const wanted = readOpening(text);
  const known = new Set(openings.map(showOpening));
  const fresh = wanted?.filter((each) => !known.has(showOpening(each)));
  const error =
    text.trim() === '' ? undefined : wanted === undefined ? said.bad : fresh?.length === 0 ? said.twice : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (fresh === undefined || fresh.length === 0) return;
        setText('');
        onAdd([...openings, ...fresh]);
      }}
    >
      <Group align="flex-start">
        <Autocomplete
          label={said.service}
          placeholder={said.placeholder}
          data={serviceNames}
          limit={8}
          value={text}
          onChange={setText}
          error={error}
          w={280}
        />
        <Button
          type="submit"
          mt={25}
          disabled={fresh === undefined || fresh.length === 0}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {said.add}
        </Button>
      </Group>
    </form>
  );
}

/** Services of the host that guests may reach, and who listens there. */
export function OpeningsTab({ summary, details }: NetworkTabProps) {
  const propose = usePropose();
  const { openings, taken, reach } = details;
  const set = (next: readonly Opening[] | null) =>
    propose([{ action: 'set-openings', network: summary.name, openings: next && [...next] }]);
  return (
    <Stack>
      <div>
        <Title order={2} size="h4">
          {said.title}
        </Title>
        <Text size="sm" c="dimmed">
          {said.hint}
        </Text>
      </div>
      {!reach.host && <Alert color="yellow">{said.hereToo}</Alert>}
      <Switch
        label={said.only}
        description={said.onlyHint}
        checked={openings !== null}
        onChange={() => set(openings === null ? [] : null)}
      />
      {openings === null || openings.length === 0 ? (
        <Text>{openings === null ? said.any : said.none}</Text>
      ) : (
        <Table aria-label={said.title}>
          <Table.Tbody>
            {openings.map((opening) => (
              <Table.Tr key={showOpening(opening)}>
                <Table.Td>
                  <Code>{showOpening(opening)}</Code> {opening.service}
                </Table.Td>
                <Table.Td>{whoListens(opening, taken)}</Table.Td>
                <Table.Td ta="right">
                  <ActionIcon
                    variant="default"
                    aria-label={said.close(showOpening(opening))}
                    onClick={() => set(openings.filter((each) => each !== opening))}
                  >
                    <IconX size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <AddOpening openings={openings ?? []} onAdd={set} />
    </Stack>
  );
}
