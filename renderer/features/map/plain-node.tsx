import type { TablerIcon } from '@tabler/icons-react';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';
import { bridgeIcons, kindIcons, uplinkIcons } from './map-icons.tsx';
import { NodeButton } from './node-button.tsx';
import { sayPlain } from './say-plain.ts';

export type PlainMapNode = Exclude<MapNode, { kind: 'network' | 'nic' | 'group' }>;

function iconOf(node: PlainMapNode): TablerIcon {
  if (node.kind === 'uplink') return uplinkIcons[node.uplink.kind];
  if (node.kind === 'bridge' || node.kind === 'bridges') return bridgeIcons[node.owner];
  return kindIcons[node.kind];
}

/** What leads out, this computer, and what is not Guestward's: a name with a word or two. */
export const PlainNode = memo(function PlainNode({ data }: NodeProps<Node<{ node: PlainMapNode }>>) {
  const { node } = data;
  const { name, what, more, isStill } = sayPlain(node);
  const Icon = iconOf(node);
  return (
    <NodeButton
      id={node.id}
      look={`map-${node.kind} ${isStill ? 'is-still' : ''}`}
      kind={words.map.panel.kinds[node.kind]}
    >
      <span className="map-line">
        <Icon size={18} stroke={1.8} aria-hidden />
        <b>{name}</b>
      </span>
      <span className="map-small">{what}</span>
      {more.map((each) => (
        <span key={each} className="map-small map-faint">
          {each}
        </span>
      ))}
    </NodeButton>
  );
});
