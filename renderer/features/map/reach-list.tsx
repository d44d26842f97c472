import { Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Reach } from '../../../shared/rpc/changes.ts';
import { words } from '../../words/words.ts';

const ways = ['internet', 'lan', 'guests', 'host'] as const;

/** Whom guests reach, each with a sign and a word. */
export function ReachList({ reach }: { readonly reach: Reach }) {
  const said = words.network.reach;
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {ways.map((way) => (
        <li key={way}>
          <Group gap={8} wrap="nowrap">
            {reach[way] ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
            <Text size="sm">{`${said[way][0]}: ${reach[way] ? words.map.panel.reaches : words.map.panel.closed}`}</Text>
          </Group>
        </li>
      ))}
    </Stack>
  );
}
