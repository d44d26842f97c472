import { Anchor, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { useAnswer } from '../../rpc/use-answer.ts';
import { routeTo } from '../../shell/route.ts';
import { Answered } from '../../ui/answered.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { type CountedGroup, groupKey, sinceThen } from './since-then.ts';

const said = words.activity.drops;
const shownAtOnce = 200;
const countEvery = 2000;

function RuleLink({ rule, network }: DropGroup) {
  if (rule !== undefined) {
    return (
      <Anchor size="sm" href={routeTo(['filters', rule.filter], { line: String(rule.line) })}>
        {said.line(rule.filter, rule.line)}
      </Anchor>
    );
  }
  return (
    <Anchor size="sm" href={routeTo(['network', network ?? ''])}>
      {said.network(network ?? '')}
    </Anchor>
  );
}

function Rows({ groups }: { readonly groups: readonly CountedGroup[] }) {
  return groups.slice(0, shownAtOnce).map(({ group, added }) => (
    <Table.Tr key={groupKey(group)}>
      <Table.Td>
        <RuleLink {...group} />
      </Table.Td>
      <Table.Td>{said[group.verdict]}</Table.Td>
      <Table.Td ta="right">{group.packets.toLocaleString()}</Table.Td>
      <Table.Td ta="right">{added === 0 ? '' : said.more(added.toLocaleString())}</Table.Td>
      <Table.Td ta="right">{group.bytes.toLocaleString()}</Table.Td>
      <Table.Td>
        {group.rule !== undefined && (
          <Anchor
            size="sm"
            href={routeTo(['packet'], { filter: group.rule.filter })}
            aria-label={said.tryPacketOf(group.rule.filter)}
          >
            {said.tryPacket}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  ));
}

/** What the rules have dropped, by the kernel's own counters, which are read while this is looked at. */
export function DropsTab() {
  const [isPaused, setPaused] = useState(false);
  const [wanted, setWanted] = useState('');
  const drops = useAnswer('drops.list', {});
  const machine = useAnswer('machine.read', {}).data;
  const [first, setFirst] = useState<readonly DropGroup[]>();
  const { refetch } = drops;
  useEffect(() => setFirst((before) => before ?? drops.data?.groups), [drops.data]);
  useEffect(() => {
    if (isPaused) return undefined;
    const timer = setInterval(() => void refetch(), countEvery);
    return () => clearInterval(timer);
  }, [isPaused, refetch]);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {said.hint}
      </Text>
      <Answered answer={drops}>
        {({ groups }) => {
          if (groups.length === 0) {
            return <EmptyState icon={IconShieldCheck} title={said.none} hint={said.noneHint} />;
          }
          const shown = sinceThen(groups, first ?? groups, wanted, machine?.nics ?? []);
          return (
            <>
              <Group align="flex-end">
                <TextInput
                  label={said.filter}
                  placeholder={said.filterHint}
                  value={wanted}
                  onChange={({ currentTarget }) => setWanted(currentTarget.value)}
                />
                <Button
                  variant="default"
                  leftSection={
                    isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
                  }
                  onClick={() => setPaused(!isPaused)}
                >
                  {isPaused ? said.resume : said.pause}
                </Button>
              </Group>
              {isPaused && (
                <Text size="sm" role="status">
                  {said.paused}
                </Text>
              )}
              {shown.length === 0 ? (
                <Text>{said.noMatch}</Text>
              ) : (
                <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
                  <Table>
                    <Table.Caption>{said.caption}</Table.Caption>
                    <Table.Thead>
                      <Table.Tr>
                        <Table.Th>{said.rule}</Table.Th>
                        <Table.Th>{said.verdict}</Table.Th>
                        <Table.Th ta="right">{said.packets}</Table.Th>
                        <Table.Th ta="right">{said.since}</Table.Th>
                        <Table.Th ta="right">{said.bytes}</Table.Th>
                        <Table.Th>{said.tryPacket}</Table.Th>
                      </Table.Tr>
                    </Table.Thead>
                    <Table.Tbody>
                      <Rows groups={shown} />
                    </Table.Tbody>
                  </Table>
                </Table.ScrollContainer>
              )}
              {shown.length > shownAtOnce && <Text size="sm">{said.hidden(shown.length - shownAtOnce)}</Text>}
            </>
          );
        }}
      </Answered>
    </Stack>
  );
}
