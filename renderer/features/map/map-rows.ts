import type { Machine, Problem, Uplink } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import { nicTitle } from '../guests/choose-nics.ts';
import { type BridgeOwner, hostId, idOf } from './map-graph.ts';
import { nicShield, type Shield } from './nic-shield.ts';
import { sayShield, sayState } from './say-nic.ts';

export type RowKind = 'uplink' | 'host' | 'network' | 'bridge' | 'nic';

/** One thing of the map as a row. */
export interface MapRow {
  readonly id: string;
  readonly kind: RowKind;
  /** Of a way out, which kind it is; of a bridge, whose. */
  readonly sort?: Uplink['kind'] | BridgeOwner;
  readonly name: string;
  /** What it is plugged into, or leaves by. */
  readonly place: string;
  readonly address: string;
  readonly state: string;
  readonly shield: Shield | undefined;
  readonly devices: readonly string[];
  readonly problems: readonly Problem[];
}

const said = words.map;

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(', ');

/** All that the map shows, in its order, and what it shows as one besides. */
export function mapRows({
  host,
  uplinks,
  networks,
  foreignBridges,
  nics,
  force,
  problems,
}: Machine): readonly MapRow[] {
  return [
    ...uplinks.map(
      ({ device, kind, up, addresses, defaultFor }): MapRow => ({
        id: idOf('uplink', device),
        kind: 'uplink',
        sort: kind,
        name: device,
        place: '',
        address: addresses.join(', '),
        state: joined(said.uplinks[kind], defaultFor.length > 0 ? said.mainWay : undefined, up ? undefined : said.down),
        shield: undefined,
        devices: [device],
        problems: [],
      }),
    ),
    {
      id: hostId,
      kind: 'host',
      name: host.name,
      place: '',
      address: '',
      state: joined(said.host, uplinks.some(({ up }) => up) ? undefined : said.offline),
      shield: undefined,
      devices: [],
      problems,
    },
    ...networks.map((network): MapRow => {
      const { name, title, kind, started, bridge, uplink, addresses, changesAtRestart } = network;
      const guests = nics.filter((nic) => nic.network === name).length;
      return {
        id: idOf('network', name),
        kind: 'network',
        name: title ?? name,
        place: uplink ?? '',
        address: addresses.join(', '),
        state: joined(
          words.kinds[kind],
          started ? said.started : said.stopped,
          guests === 0 ? said.noGuests : said.guests(guests),
          changesAtRestart ? said.restart : undefined,
        ),
        shield: undefined,
        devices: bridge === undefined ? [] : [bridge],
        problems: network.problems,
      };
    }),
    ...foreignBridges.map(
      ({ device, owner }): MapRow => ({
        id: idOf('bridge', device),
        kind: 'bridge',
        sort: owner,
        name: device,
        place: '',
        address: '',
        state: said.owners[owner],
        shield: undefined,
        devices: [device],
        problems: [],
      }),
    ),
    ...nics.map((nic): MapRow => {
      const shield = nicShield(nic, force);
      const network = networks.find(({ name }) => name === nic.network);
      const title = nicTitle(nic);
      const bridge = nic.bridge ?? said.apart;
      return {
        id: idOf('nic', nic.device),
        kind: 'nic',
        name: title === nic.device ? title : `${title} (${nic.device})`,
        place: network === undefined ? bridge : (network.title ?? network.name),
        address: nic.addresses.map(({ address }) => address).join(', '),
        state: joined(sayShield(nic, shield), sayState(nic)),
        shield,
        devices: [nic.device],
        problems: nic.problems,
      };
    }),
  ];
}

export const sortColumns = ['name', 'kind', 'place', 'address', 'state', 'traffic', 'problems'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sorting {
  readonly column: SortColumn;
  readonly isDown: boolean;
}

const compareText = new Intl.Collator('en', { numeric: true }).compare;

/** Rows in an order; equal ones stay as they are on the map. `rate`: bytes a second of a row. */
export function sortRows(
  rows: readonly MapRow[],
  sorting: Sorting | undefined,
  rate: (row: MapRow) => number,
): readonly MapRow[] {
  if (sorting === undefined) return rows;
  const { column, isDown } = sorting;
  const compare = (a: MapRow, b: MapRow): number => {
    if (column === 'traffic') return rate(a) - rate(b);
    if (column === 'problems') return a.problems.length - b.problems.length;
    if (column === 'kind') return compareText(said.table.kinds[a.kind], said.table.kinds[b.kind]);
    // What says nothing comes last, whichever way the rest is sorted.
    const [hasA, hasB] = [a[column] !== '', b[column] !== ''];
    if (!hasA || !hasB) return (isDown ? -1 : 1) * (Number(hasB) - Number(hasA));
    return compareText(a[column], b[column]);
  };
  return rows.toSorted((a, b) => (isDown ? compare(b, a) : compare(a, b)));
}

/** Rows that have every word of the search somewhere. */
export function searchRows(rows: readonly MapRow[], search: string): readonly MapRow[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter(({ kind, name, place, address, state, problems }) => {
    const text = [said.table.kinds[kind], name, place, address, state, ...problems.map(({ message }) => message)]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
