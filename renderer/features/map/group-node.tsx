import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { words } from '../../words/words.ts';
import type { MapNode } from './map-graph.ts';
import { kindIcons } from './map-icons.tsx';
import { useMapStore } from './map-store.ts';
import { NodeButton } from './node-button.tsx';
import { sayCounts } from './say-counts.ts';

type GroupMapNode = Extract<MapNode, { kind: 'group' }>;

/** Many guests as one thing, which says what it hides; opened, the frame around them. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<Node<{ node: GroupMapNode }>>) {
  const { id, devices, counts, isOpen, isRest } = data.node;
  const { group } = words.map;
  const { toggle } = useMapStore.getState();
  const name = group.name(devices.length, isRest);
  const Icon = kindIcons.group;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const more = sayCounts(counts);
  return (
    <NodeButton
      id={id}
      look={isOpen ? 'map-frame' : 'map-group'}
      kind={words.map.panel.kinds.group}
      more={isOpen ? more : more.slice(2)}
      expanded={isOpen}
      onPress={() => toggle(id)}
    >
      <span className="map-line">
        <Icon size={18} stroke={1.8} aria-hidden />
        <b>{name}</b>
        <span className="map-state">
          <Chevron size={14} aria-hidden />
          {isOpen ? group.hide : group.show}
        </span>
      </span>
      {!isOpen && (
        <>
          <span className="map-small map-faint">{more.slice(0, 2).join(' · ')}</span>
          {counts.trouble > 0 && (
            <span className="map-wrong">
              <IconAlertTriangle size={13} aria-hidden />
              {group.trouble(counts.trouble)}
            </span>
          )}
        </>
      )}
    </NodeButton>
  );
});
