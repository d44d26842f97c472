import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { SeenDrops } from '../../../shared/rpc/drops.ts';
import type { Nic } from '../../../shared/rpc/machine.ts';
import { useFollowDrops } from '../../rpc/use-follow-drops.ts';
import { useHappening } from '../../rpc/use-happening.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { words } from '../../words/words.ts';
import { RuleLink } from './rule-link.tsx';
import { addSeen, isMeant, nothingSeen, seenKey } from './seen-drops.ts';

const said = words.activity.drops;

interface LiveDropsProps {
  readonly nics: readonly Nic[];
  readonly isPaused: boolean;
  /** What to show alone: a filter, a network, a guest or a part of the packet's line. */
  readonly wanted: string;
}

function guestOf(device: string, nics: readonly Nic[]): string {
  const nic = nics.find((each) => each.device === device);
  const guest = nic?.hypervisor?.guest ?? nic?.port?.guest;
  return guest === undefined ? device : said.guest(guest, device);
}

function Row({ seen, nics }: { readonly seen: SeenDrops; readonly nics: readonly Nic[] }) {
  const { device, direction, summary, count, at, frame, rule } = seen;
  return (
    <Table.Tr>
      <Table.Td>
        <time dateTime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString()}</time>
      </Table.Td>
      <Table.Td>
        {nics.some((nic) => nic.device === device) ? (
          <Anchor size="sm" href={routeTo(['guests', device])}>
            {guestOf(device, nics)}
          </Anchor>
        ) : (
          device
        )}
      </Table.Td>
      <Table.Td>{said.directions[direction]}</Table.Td>
      <Table.Td ff="monospace">{summary}</Table.Td>
      <Table.Td>
        <RuleLink {...seen} />
      </Table.Td>
      <Table.Td ta="right">{count.toLocaleString()}</Table.Td>
      <Table.Td>
        {frame !== undefined && rule !== undefined && (
          <Anchor
            size="sm"
            href={routeTo(['packet'], { frame, device, direction })}
            aria-label={said.tryThisOf(summary)}
          >
            {said.tryThis}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** Drops as the kernel tells of them, by guest and rule, while this is looked at. */
export function LiveDrops({ nics, isPaused, wanted }: LiveDropsProps) {
  const following = useFollowDrops();
  const [seen, setSeen] = useState(nothingSeen);
  useHappening('drops.seen', (told) => {
    if (!isPaused) setSeen((before) => addSeen(before, told));
  });
  const shown = seen.groups.filter((each) => isMeant(each, guestOf(each.device, nics), wanted));
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {said.live}
      </Title>
      <Answered answer={following}>
        {() => (
          <Stack gap="xs">
            {seen.groups.length === 0 ? (
              <Text size="sm" c="dimmed">
                {said.liveNone}
              </Text>
            ) : shown.length === 0 ? (
              <Text size="sm">{said.liveNoMatch}</Text>
            ) : (
              <Table.ScrollContainer minWidth={720}>
                <Table>
                  <Table.Caption>{said.liveCaption}</Table.Caption>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{said.time}</Table.Th>
                      <Table.Th>{said.who}</Table.Th>
                      <Table.Th>{said.direction}</Table.Th>
                      <Table.Th>{said.packet}</Table.Th>
                      <Table.Th>{said.rule}</Table.Th>
                      <Table.Th ta="right">{said.packets}</Table.Th>
                      <Table.Th>{said.tryThis}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {shown.map((each) => (
                      <Row key={seenKey(each)} seen={each} nics={nics} />
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )}
            {seen.lost > 0 && <Text size="sm">{said.lost(seen.lost)}</Text>}
          </Stack>
        )}
      </Answered>
    </section>
  );
}
