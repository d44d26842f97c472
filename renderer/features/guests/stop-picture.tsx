import { words } from '../../words/words.ts';
import type { Protection } from './compose-filter.ts';

interface StopPictureProps {
  readonly of: Protection | 'filter';
}

const line = 'var(--mantine-color-dimmed)';
const stop = 'var(--mantine-color-red-6)';
const pass = 'var(--mantine-color-teal-6)';

/** A guest at the left, others at the right, and what is stopped between them: a barrier across the way. */
export function StopPicture({ of }: StopPictureProps) {
  const comesIn = of === 'answers';
  return (
    <svg
      style={{ flexShrink: 0 }}
      width="132"
      height="48"
      viewBox="0 0 132 48"
      role="img"
      aria-label={words.guests.pictures[of]}
    >
      <g fill="none" stroke={line} strokeWidth="1.6">
        <rect x="4" y="10" width="28" height="20" rx="3" />
        <path d="M12 36h12M18 30v6" />
        <rect x="100" y="4" width="28" height="16" rx="3" />
        <rect x="100" y="28" width="28" height="16" rx="3" />
        {of === 'identity' && <path d="M13 16h10M13 20h10M13 24h6" />}
        {of === 'servers' && <path d="M12 15h12v4H12zM12 22h12v4H12z" />}
        {of === 'filter' && <path d="M18 13l7 2v5c0 4-3 6-7 7-4-1-7-3-7-7v-5z" />}
      </g>
      <g fill="none" strokeWidth="2">
        <path d={comesIn ? 'M98 12H74' : 'M36 14h22'} stroke={stop} />
        <path d={comesIn ? 'M66 5v14' : 'M64 7v14'} stroke={stop} strokeWidth="4" />
        <path d={comesIn ? 'M36 30h58m-6-5 6 5-6 5M42 25l-6 5 6 5' : 'M36 32h58m-6-5 6 5-6 5'} stroke={pass} />
      </g>
    </svg>
  );
}
