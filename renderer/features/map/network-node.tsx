import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';
import { kindIcons } from './map-icons.tsx';
import { useMapStore } from './map-store.ts';
import { NodeButton } from './node-button.tsx';

type NetworkMapNode = Extract<MapNode, { kind: 'network' }>;

const shownPorts = 12;

/** The sockets of a switch, those with a guest filled. The count beside them says the same. */
function Ports({ guests }: { readonly guests: number }) {
  return (
    <svg className="map-ports" width={shownPorts * 10} height={8} aria-hidden>
      {Array.from({ length: shownPorts }, (_, at) => at).map((at) => (
        <rect
          key={at}
          x={at * 10 + 0.5}
          y={0.5}
          width={7}
          height={7}
          rx={1.5}
          className={at < guests ? 'is-used' : ''}
        />
      ))}
    </svg>
  );
}

/** A network, drawn as the switch that it is to its guests. */
export const NetworkNode = memo(function NetworkNode({ data }: NodeProps<Node<{ node: NetworkMapNode }>>) {
  const { id, network, guests } = data.node;
  const { name, title, kind, started, addresses, problems, changesAtRestart } = network;
  const drops = useMapStore((store) => (store.drops[id]?.isNow ? store.drops[id].packets : 0));
  const isTarget = useMapStore((store) => store.target === id);
  const said = words.map;
  const Icon = kindIcons.network;
  const State = started ? IconPlayerPlay : IconPlayerStop;
  const state = started ? said.started : said.stopped;
  const wrong = [
    ...(problems.length > 0 ? [said.problems(problems.length)] : []),
    ...(drops > 0 ? [said.dropping(drops)] : []),
    ...(problems.length === 0 && drops === 0 && changesAtRestart ? [said.restart] : []),
  ];
  const count = guests === 0 ? said.noGuests : said.guests(guests);
  const severity = problems.some((each) => each.severity === 'error') || drops > 0 ? 'is-wrong' : '';
  return (
    <NodeButton
      id={id}
      look={`map-network ${started ? '' : 'is-still'} ${severity} ${isTarget ? 'is-target' : ''}`}
      kind={words.screens.network}
      more={[...addresses.slice(1), ...problems.map(({ message }) => message)]}
    >
      <span className="map-line">
        <Icon size={18} stroke={1.8} aria-hidden />
        <b>{title ?? name}</b>
        <span className="map-state">
          <State size={12} aria-hidden />
          {state}
        </span>
      </span>
      <span className="map-line">
        <span className="map-word">{words.kinds[kind]}</span>
        <span className="map-faint">
          {addresses[0] ?? ''}
          {addresses.length > 1 ? ` +${addresses.length - 1}` : ''}
        </span>
      </span>
      <span className="map-small map-faint">{said.ways[kind]}</span>
      <span className="map-line">
        {wrong.length > 0 ? (
          <span className="map-wrong">
            <IconAlertTriangle size={13} aria-hidden />
            {wrong.join(', ')}
          </span>
        ) : (
          <Ports guests={guests} />
        )}
        <span className="map-small map-faint">{count}</span>
      </span>
    </NodeButton>
  );
});
