import { Anchor, Table, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { routeTo } from '../../shell/route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { words } from '../../words/words.ts';
import { RuleLink } from './rule-link.tsx';
import { type CountedGroup, groupKey } from './since-then.ts';

const said = words.activity.drops;
const shownAtOnce = 200;

function Row({ group, added }: CountedGroup) {
  return (
    <Table.Tr>
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
  );
}

interface CountedDropsProps {
  /** All that there are. */
  readonly groups: readonly DropGroup[];
  readonly shown: readonly CountedGroup[];
}

/** What the rules have dropped, by the kernel's own counters. */
export function CountedDrops({ groups, shown }: CountedDropsProps) {
  if (groups.length === 0) return <EmptyState icon={IconShieldCheck} title={said.none} hint={said.noneHint} />;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {said.counted}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {said.hint}
      </Text>
      {shown.length === 0 ? (
        <Text>{said.noMatch}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560}>
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
              {shown.slice(0, shownAtOnce).map((each) => (
                <Row key={groupKey(each.group)} {...each} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {shown.length > shownAtOnce && <Text size="sm">{said.hidden(shown.length - shownAtOnce)}</Text>}
    </section>
  );
}
