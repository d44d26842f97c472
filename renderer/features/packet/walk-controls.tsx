import { ActionIcon, Group, Text } from '@mantine/core';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from '@tabler/icons-react';
import { words } from '../../words/words.ts';
import type { Walk, WalkAction } from './walk.ts';

interface WalkControlsProps {
  readonly walk: Walk;
  readonly steps: number;
  readonly act: (action: WalkAction) => void;
}

/** Walks on, back, by itself, or to the end. */
export function WalkControls({ walk: { at, isWalking }, steps, act }: WalkControlsProps) {
  const said = words.packet.walk;
  const button = (action: WalkAction, label: string, icon: React.ReactNode, disabled = false) => (
    <ActionIcon variant="default" aria-label={label} title={label} disabled={disabled} onClick={() => act(action)}>
      {icon}
    </ActionIcon>
  );
  const size = 16;
  return (
    <Group gap={6} role="group" aria-label={said.label}>
      {button('back', said.back, <IconPlayerTrackPrev size={size} aria-hidden />, at === 0)}
      {button(
        'toggle',
        isWalking ? said.pause : said.play,
        isWalking ? <IconPlayerPause size={size} aria-hidden /> : <IconPlayerPlay size={size} aria-hidden />,
      )}
      {button('next', said.next, <IconPlayerTrackNext size={size} aria-hidden />, at >= steps - 1)}
      {button('last', said.end, <IconPlayerSkipForward size={size} aria-hidden />, at >= steps - 1)}
      <Text size="xs" c="dimmed">
        {said.place(at + 1, steps)}
      </Text>
    </Group>
  );
}
