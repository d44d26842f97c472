import { IconAlertTriangle } from '@tabler/icons-react';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import { words } from '../../words/words.ts';
import type { MapEdge } from './map-graph.ts';
import { useMapStore } from './map-store.ts';
import { formatByteRate, lineWidth, rateOf } from './traffic-now.ts';

/** How far before a line's end, or behind its beginning, it turns. */
const turn = 22;

/** A line with what passes on it now: wider where it is more, with a word, and moving towards where more of it goes. */
export const MapLine = memo(function MapLine(props: EdgeProps<Edge<{ edge: MapEdge }>>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props;
  const edge = data?.edge;
  const devices = edge?.devices ?? [];
  const total = useMapStore(({ traffic }) => {
    const { received, sent } = rateOf(traffic.rates, devices);
    // As exactly as it is shown: what does not change on the screen is not drawn anew.
    return Number((received + sent).toPrecision(2));
  });
  const isInward = useMapStore(({ traffic }) => {
    const { received, sent } = rateOf(traffic.rates, devices);
    return received > sent;
  });
  const subject = edge?.subject ?? '';
  const isDropping = useMapStore(({ drops }) => drops[subject]?.isNow === true);
  const isChosen = useMapStore(({ chosen }) => chosen === subject);
  const isUplink = edge?.source === subject;
  const centerX = isUplink ? targetX - turn : sourceX + turn;
  const [path] = getSmoothStepPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    centerX,
    borderRadius: 12,
  });
  const isWrong = edge?.hasProblem === true || isDropping;
  const isMoving = total >= 1 && edge?.isStill !== true;
  // From a guest's device and a bridge, received is what comes from the guests' side; from a way out, what comes from outside.
  const isTowardsTarget = isUplink ? isInward : !isInward;
  const word = isDropping ? words.map.dropping(useMapStore.getState().drops[subject]?.packets ?? 0) : undefined;
  const label = word ?? (isMoving ? formatByteRate(total) : edge?.hasProblem ? words.map.problem : undefined);
  const [labelX, labelY] = isUplink ? [(sourceX + centerX) / 2, sourceY] : [(centerX + targetX) / 2 + 2, targetY];
  const look = `map-edge ${edge?.isStill ? 'is-still' : ''} ${isWrong ? 'is-wrong' : ''} ${isMoving ? 'is-moving' : ''} ${isChosen ? 'is-chosen' : ''}`;
  return (
    <>
      <BaseEdge id={id} path={path} className={look} style={{ strokeWidth: lineWidth(total) }} interactionWidth={22} />
      {isMoving && (
        <path d={path} className={`map-flow ${isWrong ? 'is-wrong' : ''} ${isTowardsTarget ? '' : 'is-backwards'}`} />
      )}
      {label !== undefined && (
        <EdgeLabelRenderer>
          <span
            aria-hidden
            className={`map-rate ${isWrong ? 'is-wrong' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {isWrong && <IconAlertTriangle size={11} aria-hidden />}
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
