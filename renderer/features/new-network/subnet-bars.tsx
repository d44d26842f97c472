import { Box, List, Stack, Text } from '@mantine/core';
import type { Proposal } from '../../../shared/rpc/new-network.ts';
import { words } from '../../words/words.ts';
import { placeInBlock, privateBlocks } from './place-in-block.ts';

const [width, height] = [1000, 22];
/** A /24 in 10/8 would be a hair's breadth of nothing. */
const leastWidth = 5;

function Bar({
  block,
  taken,
  own,
}: {
  readonly block: string;
  readonly taken: Proposal['taken'];
  readonly own: string | undefined;
}) {
  const ownPlace = own === undefined ? undefined : placeInBlock(own, block);
  return (
    <Box>
      <Text size="xs" c="dimmed" ff="monospace">
        {block}
      </Text>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} preserveAspectRatio="none" aria-hidden>
        <rect
          width={width}
          height={height}
          rx={4}
          fill="var(--mantine-color-default-hover)"
          stroke="var(--ward-line)"
        />
        {taken.map(({ subnet }) => {
          const place = placeInBlock(subnet, block);
          return place === undefined ? null : (
            <rect
              key={subnet}
              x={place.start * width}
              width={Math.max(leastWidth, place.width * width)}
              height={height}
              fill="var(--mantine-color-gray-6)"
            />
          );
        })}
        {ownPlace !== undefined && (
          <rect
            x={ownPlace.start * width}
            y={1}
            width={Math.max(2 * leastWidth, ownPlace.width * width)}
            height={height - 2}
            fill="var(--mantine-primary-color-light)"
            stroke="var(--mantine-primary-color-filled)"
            strokeWidth={3}
          />
        )}
      </svg>
    </Box>
  );
}

/** Which private addresses are free, as bars; the list under them says the same in words. */
export function SubnetBars({ taken, subnet }: Pick<Proposal, 'taken' | 'subnet'>) {
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {words.newNetwork.taken}
      </Text>
      <Text size="xs" c="dimmed">
        {words.newNetwork.takenHint}
      </Text>
      {privateBlocks.map((block) => (
        <Bar key={block} block={block} taken={taken} own={subnet} />
      ))}
      {taken.length === 0 ? (
        <Text size="xs" c="dimmed">
          {words.newNetwork.takenNobody}
        </Text>
      ) : (
        <List size="xs" c="dimmed">
          {taken.map((each) => (
            <List.Item key={each.subnet}>{words.newNetwork.takenBy(each.subnet, each.by)}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
