import { ActionIcon, Group } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  type Edge,
  type EdgeTypes,
  type Node,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import { fitMap, showBox } from './fit-map.ts';
import { GroupNode } from './group-node.tsx';
import './map.css';
import { mapGraph } from './map-graph.ts';
import { mapLayout } from './map-layout.ts';
import { MapLine } from './map-line.tsx';
import { useMapStore } from './map-store.ts';
import { NetworkNode } from './network-node.tsx';
import { NicNode } from './nic-node.tsx';
import { PlainNode } from './plain-node.tsx';
import { useDragNic } from './use-drag-nic.ts';
import { WalkContext } from './walk-context.ts';
import { type Step, walkMap } from './walk-map.ts';

// One object for all time: a new one would make every node anew.
const nodeTypes: NodeTypes = {
  uplink: PlainNode,
  host: PlainNode,
  bridge: PlainNode,
  bridges: PlainNode,
  apart: PlainNode,
  network: NetworkNode,
  nic: NicNode,
  many: GroupNode,
};
const edgeTypes: EdgeTypes = { line: MapLine };
const smallestZoom = 0.1;
/** The wrapper that the library puts around a node is nothing by itself; the button within has a name. */
const noRole = { 'aria-roledescription': undefined };

function Canvas({ machine }: { readonly machine: Machine }) {
  const opened = useMapStore((store) => store.opened);
  const current = useMapStore((store) => store.current);
  const [hasFocus, setHasFocus] = useState(false);
  const graph = useMemo(() => mapGraph(machine, opened), [machine, opened]);
  const layout = useMemo(() => mapLayout(graph), [graph]);
  const flow = useReactFlow();
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  // Until somebody moves the map, all of it is kept in sight.
  const isAuto = useRef(true);

  const showAll = useCallback(
    (atLeast?: number) => void flow.setViewport(fitMap(layout, { width, height }, atLeast)),
    [flow, layout, width, height],
  );
  useEffect(() => {
    if (isAuto.current && width > 0) showAll();
  }, [showAll, width]);

  const { dragged, ...drag } = useDragNic((device) => machine.nics.find((nic) => nic.device === device)?.network);
  const still = useMemo(
    () =>
      graph.nodes.flatMap((node): Node[] => {
        const box = layout.boxes.get(node.id);
        if (box === undefined) return [];
        const { x, y, width: wide, height: high } = box;
        return [
          {
            id: node.id,
            // The library has a look of its own for what it calls a group.
            type: node.kind === 'group' ? 'many' : node.kind,
            position: { x, y },
            width: wide,
            height: high,
            zIndex: node.kind === 'nic' ? 2 : 1,
            draggable: node.kind === 'nic' && machine.networks.length > 0,
            data: { node },
            domAttributes: noRole as never,
          },
        ];
      }),
    [graph, layout, machine],
  );
  const nodes = useMemo(
    () =>
      dragged === undefined
        ? still
        : still.map((node) =>
            node.id === dragged.id ? { ...node, position: dragged.position, dragging: true, zIndex: 10 } : node,
          ),
    [still, dragged],
  );
  const edges = useMemo(
    () => graph.edges.map((edge): Edge => ({ ...edge, type: 'line', zIndex: edge.hasProblem ? 1 : 0, data: { edge } })),
    [graph],
  );

  const comeIntoSight = useCallback(
    (id: string) => {
      const box = layout.boxes.get(id);
      if (box === undefined) return;
      const view = flow.getViewport();
      const next = showBox(box, view, { width, height });
      if (next.x !== view.x || next.y !== view.y) void flow.setViewport(next);
    },
    [flow, layout, width, height],
  );
  // The panel takes room from the map: what it speaks of stays in sight, and all of it comes back when the panel goes.
  const chosen = useMapStore((store) => store.chosen);
  useEffect(() => {
    if (chosen !== undefined && width > 0) comeIntoSight(chosen);
  }, [chosen, comeIntoSight, width]);
  const walk = useCallback(
    (from: string, step: Step) => {
      const next = walkMap(graph, layout, from, step);
      if (next === undefined) return;
      comeIntoSight(next);
      useMapStore.getState().walkTo(next);
    },
    [graph, layout, comeIntoSight],
  );
  // What had the focus last may be gone, or out of sight and so not drawn.
  const enter = (): void => {
    const next = layout.boxes.has(current) ? current : (graph.nodes[0]?.id ?? '');
    comeIntoSight(next);
    useMapStore.getState().walkTo(next);
  };
  return (
    <>
      <section
        className="map-picture"
        aria-label={words.map.picture}
        aria-describedby="map-hint"
        tabIndex={hasFocus ? -1 : 0}
        onFocus={(event) => {
          setHasFocus(true);
          // By the mouse one has pointed at what is meant, and the map must not move away under it.
          if (event.target === event.currentTarget && event.currentTarget.matches(':focus-visible')) enter();
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false);
        }}
      >
        <WalkContext value={walk}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onEdgeClick={(_, { data }) => {
              const edge = data?.['edge'] as { readonly subject: string };
              useMapStore.getState().choose(edge.subject);
            }}
            onMoveStart={(event) => {
              if (event !== null) isAuto.current = false;
            }}
            {...drag}
            nodesDraggable={false}
            nodeDragThreshold={6}
            autoPanOnNodeDrag={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnDoubleClick={false}
            panOnScroll
            deleteKeyCode={null}
            selectionKeyCode={null}
            panActivationKeyCode={null}
            multiSelectionKeyCode={null}
            minZoom={smallestZoom}
            maxZoom={2}
            onlyRenderVisibleElements
            proOptions={{ hideAttribution: true }}
          />
        </WalkContext>
      </section>
      <p id="map-hint" className="map-hint">
        {words.map.pictureHint}
      </p>
      <Group className="map-zoom" gap={4} role="group" aria-label={words.map.zoom.label}>
        <ActionIcon variant="default" aria-label={words.map.zoom.in} onClick={() => void zoom(1.25)}>
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={words.map.zoom.out} onClick={() => void zoom(0.8)}>
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={words.map.zoom.all}
          onClick={() => {
            isAuto.current = true;
            showAll(smallestZoom);
          }}
        >
          <IconArrowsMaximize size={16} aria-hidden />
        </ActionIcon>
      </Group>
    </>
  );

  function zoom(by: number): void {
    isAuto.current = false;
    void flow.zoomTo(flow.getZoom() * by);
  }
}

/** The machine drawn: what leads out at the left, then the host, its networks, and their guests. */
export function MapCanvas({ machine }: { readonly machine: Machine }) {
  return (
    <ReactFlowProvider>
      <Canvas machine={machine} />
    </ReactFlowProvider>
  );
}
