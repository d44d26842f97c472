import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { words } from '../../words/words.ts';
import { nicTitle } from '../guests/choose-nics.ts';
import type { MapNode } from './map-graph.ts';
import { shieldIcons } from './map-icons.tsx';
import { useMapStore } from './map-store.ts';
import { NodeButton } from './node-button.tsx';
import { sayShield, sayState } from './say-nic.ts';

type NicMapNode = Extract<MapNode, { kind: 'nic' }>;

/** A guest's NIC: its name and address, and the shield before it. */
export const NicNode = memo(function NicNode({ data }: NodeProps<Node<{ node: NicMapNode }>>) {
  const { id, nic, shield } = data.node;
  const drops = useMapStore((store) => (store.drops[id]?.isNow ? store.drops[id].packets : 0));
  const Icon = shieldIcons[shield];
  const state = sayState(nic);
  const dropped = drops > 0 ? words.map.dropping(drops) : undefined;
  const title = nicTitle(nic);
  const address = nic.addresses[0]?.address;
  return (
    <NodeButton
      id={id}
      look={`map-nic shield-${shield} ${state === undefined ? '' : 'is-still'} ${dropped === undefined ? '' : 'is-wrong'}`}
      kind={words.map.table.kinds.nic}
      more={[
        ...(title === nic.device ? [] : [nic.device]),
        ...(address === undefined ? [words.map.noAddress] : []),
        ...nic.problems.map(({ message }) => message),
      ]}
    >
      <span className="map-shield">
        <Icon size={18} stroke={1.8} aria-hidden />
      </span>
      <span className="map-lines">
        <span className="map-line">
          <b>{title}</b>
          <span className="map-faint">{address ?? ''}</span>
        </span>
        <span className="map-line">
          <span className="map-small">{sayShield(nic, shield)}</span>
          <span className="map-small map-faint">{dropped ?? (shield === 'waits' ? '' : (state ?? ''))}</span>
        </span>
      </span>
    </NodeButton>
  );
});
