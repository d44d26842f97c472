import { type Node, type NodeChange, useReactFlow, type XYPosition } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { usePropose } from '../../change/use-propose.ts';
import { partOf, useMapStore } from './map-store.ts';

interface Dragged {
  readonly id: string;
  readonly position: XYPosition;
}

/** What the drawing needs for a guest's NIC to be dragged onto another network: where it is now, and what to listen to. */
export interface DragNic {
  readonly dragged: Dragged | undefined;
  readonly onNodesChange: (changes: readonly NodeChange[]) => void;
  readonly onNodeDrag: (event: unknown, node: Node) => void;
  readonly onNodeDragStop: (event: unknown, node: Node) => void;
}

/** Nothing is moved by it but the picture, until the change that it stands for was shown and agreed to. Escape lets go. */
export function useDragNic(networkOf: (device: string) => string | undefined): DragNic {
  const flow = useReactFlow();
  const propose = usePropose();
  const [dragged, setDragged] = useState<Dragged>();
  const [isAborted, setIsAborted] = useState(false);
  const setTarget = (target: string | undefined): void => useMapStore.setState({ target });

  useEffect(() => {
    if (dragged === undefined) return undefined;
    const abort = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return;
      setDragged(undefined);
      setIsAborted(true);
      useMapStore.setState({ target: undefined });
    };
    addEventListener('keydown', abort);
    return () => removeEventListener('keydown', abort);
  }, [dragged]);

  /** The network that it is held above, if that is another than its own. */
  function targetOf(node: Node): string | undefined {
    const [, device] = partOf(node.id);
    const own = networkOf(device);
    return flow
      .getIntersectingNodes(node)
      .map(({ id }) => id)
      .find((id) => partOf(id)[0] === 'network' && partOf(id)[1] !== own);
  }
  return {
    dragged,
    onNodesChange(changes) {
      for (const change of changes) {
        if (change.type === 'position' && change.dragging && change.position !== undefined && !isAborted) {
          setDragged({ id: change.id, position: change.position });
        }
      }
    },
    onNodeDrag(_event, node) {
      if (!isAborted) setTarget(targetOf(node));
    },
    onNodeDragStop(_event, node) {
      const target = isAborted ? undefined : targetOf(node);
      setDragged(undefined);
      setIsAborted(false);
      setTarget(undefined);
      if (target === undefined) return;
      propose([{ action: 'move-nic', device: partOf(node.id)[1], network: partOf(target)[1] }]);
    },
  };
}
