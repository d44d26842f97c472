import type { NetworkKind } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';

/** Who may begin a conversation with whom; a number of boxes and arrows that says the same as the sentence beside it. */
const arrows: Readonly<Record<NetworkKind, readonly ('out' | 'in' | 'host')[]>> = {
  nat: ['host', 'out'],
  isolated: ['host'],
  route: ['host', 'out', 'in'],
  open: ['host', 'out', 'in'],
  lan: ['host', 'out', 'in'],
  bridge: ['host', 'out', 'in'],
};

function Box({ x, width = 88, label }: { readonly x: number; readonly width?: number; readonly label: string }) {
  return (
    <g>
      <rect x={x} y={26} width={width} height={30} rx={6} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <text x={x + width / 2} y={45} textAnchor="middle" fontSize={11} fill="currentColor">
        {label}
      </text>
    </g>
  );
}

/** A small drawing of a kind of network. The sentence beside it says the same, so that it is hidden from screen readers. */
export function KindDrawing({ kind }: { readonly kind: NetworkKind }) {
  const has = (arrow: 'out' | 'in' | 'host'): boolean => arrows[kind].includes(arrow);
  return (
    <svg viewBox="0 0 338 84" width="100%" height={84} aria-hidden>
      <defs>
        <marker id={`tip-${kind}`} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={7} markerHeight={7} orient="auto">
          <path d="M0 0 8 4 0 8Z" fill="currentColor" />
        </marker>
      </defs>
      <Box x={2} label={words.newNetwork.guests} />
      <Box x={121} label={words.newNetwork.host} />
      <Box x={232} width={104} label={words.newNetwork.others} />
      {has('host') && (
        <path d="M92 41H117" stroke="currentColor" strokeWidth={1.5} markerEnd={`url(#tip-${kind})`} fill="none" />
      )}
      {has('out') && (
        <path
          d="M46 24C80 2 250 2 284 23"
          stroke="currentColor"
          strokeWidth={1.5}
          markerEnd={`url(#tip-${kind})`}
          fill="none"
        />
      )}
      {has('in') && (
        <path
          d="M284 58C250 82 80 82 46 59"
          stroke="currentColor"
          strokeWidth={1.5}
          markerEnd={`url(#tip-${kind})`}
          fill="none"
        />
      )}
    </svg>
  );
}
