import { VisuallyHidden } from '@mantine/core';
import { Handle, Position } from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useMapStore } from './map-store.ts';
import { WalkContext } from './walk-context.ts';
import { type Step, steps } from './walk-map.ts';

interface NodeButtonProps {
  readonly id: string;
  /** What it is, which is drawn by its look and said before what is written. */
  readonly kind: string;
  /** What a screen reader says besides what is written. */
  readonly more?: readonly string[];
  readonly look: string;
  /** Instead of opening its panel. */
  readonly onPress?: () => void;
  readonly expanded?: boolean;
  readonly children: ReactNode;
}

const isStep = (key: string): key is Step => steps.some((step) => step === key);

/** A node as one button of a map that is one stop of the Tab key: arrow keys go on from it. */
export function NodeButton({ id, kind, more = [], look, onPress, expanded, children }: NodeButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const walk = useContext(WalkContext);
  const isCurrent = useMapStore((store) => store.current === id);
  const isWanted = useMapStore((store) => store.wanted === id);
  const isChosen = useMapStore((store) => store.chosen === id);
  const { choose, arrived } = useMapStore.getState();
  useEffect(() => {
    if (!isWanted) return;
    // The map moves what is focused into sight by itself; scrolled by the browser it would be out of place.
    button.current?.focus({ preventScroll: true });
    arrived();
  }, [isWanted, arrived]);

  // What is out of sight is not drawn; where that takes the focus away, it comes back with the node.
  useLayoutEffect(() => {
    const here = button.current;
    return () => {
      if (here !== null && here === document.activeElement) useMapStore.setState({ wanted: id });
    };
  }, [id]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!isStep(event.key)) return;
    event.preventDefault();
    walk(id, event.key);
  }
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="map-handle" />
      <button
        ref={button}
        type="button"
        className={`map-node ${look}`}
        tabIndex={isCurrent ? 0 : -1}
        data-chosen={isChosen || undefined}
        {...(expanded !== undefined && { 'aria-expanded': expanded })}
        onKeyDown={onKeyDown}
        onFocus={() => useMapStore.setState({ current: id })}
        onClick={onPress ?? (() => choose(id))}
      >
        <VisuallyHidden>{kind}</VisuallyHidden>
        {children}
        {more.length > 0 && <VisuallyHidden>{more.join(', ')}</VisuallyHidden>}
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className="map-handle" />
    </>
  );
}
