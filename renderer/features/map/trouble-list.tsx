import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Machine, Problem } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import { nicTitle } from '../guests/choose-nics.ts';
import { idOf } from './map-graph.ts';
import { useMapStore } from './map-store.ts';

interface Trouble extends Problem {
  /** The node that has it; undefined where it is the whole machine's. */
  readonly at: { readonly id: string; readonly name: string } | undefined;
}

const shownAtOnce = 3;

/** What is wrong anywhere, errors first. */
function troubles({ problems, networks, nics }: Machine): readonly Trouble[] {
  const all: readonly Trouble[] = [
    ...problems.map((problem) => ({ ...problem, at: undefined })),
    ...networks.flatMap((network) =>
      network.problems.map((problem) => ({
        ...problem,
        at: { id: idOf('network', network.name), name: network.title ?? network.name },
      })),
    ),
    ...nics.flatMap((nic) =>
      nic.problems.map((problem) => ({ ...problem, at: { id: idOf('nic', nic.device), name: nicTitle(nic) } })),
    ),
  ];
  const rank = ({ severity }: Trouble): number => (severity === 'error' ? 0 : 1);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

/** What is wrong, above the map, whichever part of it is in sight. */
export function TroubleList({ machine }: { readonly machine: Machine }) {
  const all = troubles(machine);
  const { choose } = useMapStore.getState();
  const said = words.map.trouble;
  if (all.length === 0) return null;
  return (
    <Alert
      icon={<IconAlertTriangle color="var(--map-wrong)" />}
      title={said.title(all.length)}
      variant="default"
      py="xs"
    >
      <List size="sm" listStyleType="none" spacing={4}>
        {all.slice(0, shownAtOnce).map(({ kind, message, cure, at }) => (
          <List.Item key={`${kind} ${message}`}>
            <Group gap="xs">
              <Text size="sm">{[message, cure].filter((each) => each !== undefined).join(' ')}</Text>
              {at !== undefined && (
                <Button size="compact-xs" variant="default" onClick={() => choose(at.id)}>
                  {said.show(at.name)}
                </Button>
              )}
            </Group>
          </List.Item>
        ))}
        {all.length > shownAtOnce && <List.Item>{said.more(all.length - shownAtOnce)}</List.Item>}
      </List>
    </Alert>
  );
}
