/** Something that `ip -o monitor link neigh` tells: of a neighbour, or that a device has changed. */
export type Report =
  | {
      readonly about: 'neighbour';
      readonly address: string;
      readonly device: string;
      /** Absent where nobody has answered. */
      readonly mac: string | undefined;
      readonly state: NeighbourState;
    }
  | { readonly about: 'device'; readonly device: string };

/** The kernel's NUD states (ip-neighbour(8)) as far as they say something here; gone: the entry was deleted. */
export type NeighbourState = 'reachable' | 'stale' | 'delay' | 'probe' | 'failed' | 'gone' | 'other';

const neighbourLine =
  /^(Deleted )?([0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f:]{2,39}) dev (\S{1,15})(?: lladdr ([0-9a-f:]{17}))?(?: [a-z]\S*)* ([A-Z]+) ?$/;
const deviceLine = /^[0-9]+: ([^\s:@]{1,15})[:@]/;
const states = new Map<string, NeighbourState>([
  ['REACHABLE', 'reachable'],
  ['STALE', 'stale'],
  ['DELAY', 'delay'],
  ['PROBE', 'probe'],
  ['FAILED', 'failed'],
]);

/** Reads a line of `ip -o monitor link neigh` or `ip -o neigh show`; undefined: it says nothing about a neighbour or a device. */
export function parseNeighbour(line: string): Report | undefined {
  const device = deviceLine.exec(line)?.[1];
  if (device !== undefined) return { about: 'device', device };
  const [, deleted, address, on, mac, state] = neighbourLine.exec(line) ?? [];
  if (address === undefined || on === undefined || state === undefined) return undefined;
  return {
    about: 'neighbour',
    address,
    device: on,
    mac,
    state: deleted === undefined ? (states.get(state) ?? 'other') : 'gone',
  };
}
