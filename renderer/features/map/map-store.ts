import { create } from 'zustand';
import type { Traffic } from '../../../shared/rpc/machine.ts';
import type { DropsNow } from './drops-now.ts';
import { hostId } from './map-graph.ts';
import { nextTraffic, noTraffic, type TrafficNow } from './traffic-now.ts';

interface MapStore {
  /** The node whose panel is open. */
  readonly chosen: string | undefined;
  /** What had the focus when it was opened. */
  readonly opener: HTMLElement | undefined;
  /** The one node that Tab leads to. */
  readonly current: string;
  /** The node that is to take the focus as soon as it is drawn. */
  readonly wanted: string | undefined;
  /** Groups that are drawn node by node. */
  readonly opened: ReadonlySet<string>;
  readonly traffic: TrafficNow;
  readonly drops: DropsNow;
  /** The network that a guest is being dragged onto. */
  readonly target: string | undefined;
  choose(id: string): void;
  dismiss(): void;
  walkTo(id: string): void;
  arrived(): void;
  toggle(group: string): void;
  count(traffic: Traffic): void;
}

/** What the map and its table share while they are looked at. Lines read their own figures from here, so that a count draws nothing else anew. */
export const useMapStore = create<MapStore>((set, get) => ({
  chosen: undefined,
  opener: undefined,
  current: hostId,
  wanted: undefined,
  opened: new Set(),
  traffic: noTraffic,
  drops: {},
  target: undefined,
  choose: (id) => {
    const active = document.activeElement;
    // From within the panel to another one: closing leads back to where the first was opened.
    const opener = get().chosen !== undefined && get().opener?.isConnected ? get().opener : active;
    set({ chosen: id, opener: opener instanceof HTMLElement ? opener : undefined });
  },
  dismiss: () => {
    const { opener, current } = get();
    set({ chosen: undefined, opener: undefined });
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    // The panel took the room in which it was drawn.
    else set({ wanted: current });
  },
  walkTo: (id) => set({ current: id, wanted: id }),
  arrived: () => set({ wanted: undefined }),
  toggle: (group) => {
    const opened = new Set(get().opened);
    if (!opened.delete(group)) opened.add(group);
    set({ opened });
  },
  count: (traffic) => set(({ traffic: before }) => ({ traffic: nextTraffic(before, traffic) })),
}));

/** What a node's id means on the machine as it stands. */
export const partOf = (id: string): readonly [kind: string, name: string] => {
  const at = id.indexOf(':');
  return at === -1 ? [id, ''] : [id.slice(0, at), id.slice(at + 1)];
};
