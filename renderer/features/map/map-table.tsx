import { Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconSearch, IconSelector } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, useState } from 'react';
import type { Machine } from '../../../shared/rpc/machine.ts';
import { words } from '../../words/words.ts';
import './map.css';
import { iconOf, shieldIcons } from './map-icons.tsx';
import { type MapRow, mapRows, type SortColumn, type Sorting, searchRows, sortColumns, sortRows } from './map-rows.ts';
import { useMapStore } from './map-store.ts';
import { formatByteRate, rateOf } from './traffic-now.ts';

const said = words.map.table;
const rowHeight = 41;
const widths: Readonly<Record<SortColumn, string>> = {
  name: '20%',
  kind: '92px',
  place: '13%',
  address: '18%',
  state: '23%',
  traffic: '92px',
  problems: '16%',
};

function HeadCell({
  column,
  sorting,
  onSort,
}: {
  readonly column: SortColumn;
  readonly sorting: Sorting | undefined;
  readonly onSort: (column: SortColumn) => void;
}) {
  const isSorted = sorting?.column === column;
  const Icon = !isSorted ? IconSelector : sorting.isDown ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      style={{ width: widths[column] }}
      aria-sort={!isSorted ? 'none' : sorting.isDown ? 'descending' : 'ascending'}
    >
      <button type="button" className="map-sort" onClick={() => onSort(column)}>
        {said.columns[column]}
        <Icon size={14} aria-hidden />
      </button>
    </th>
  );
}

function Rate({ devices }: { readonly devices: readonly string[] }) {
  const text = useMapStore(({ traffic }) => {
    const { received, sent } = rateOf(traffic.rates, devices);
    return received + sent < 1 ? said.noTraffic : formatByteRate(received + sent);
  });
  return text;
}

const Row = memo(function Row({ row, index }: { readonly row: MapRow; readonly index: number }) {
  const { id, kind, name, place, address, state, shield, devices, problems } = row;
  const isChosen = useMapStore((store) => store.chosen === id);
  const drops = useMapStore((store) => (store.drops[id]?.isNow ? store.drops[id].packets : 0));
  const { choose } = useMapStore.getState();
  const Kind = iconOf(row);
  const Shield = shield === undefined ? undefined : shieldIcons[shield];
  const wrong = [...(drops > 0 ? [words.map.dropping(drops)] : []), ...problems.map(({ message }) => message)];
  return (
    // The head is row 1.
    <tr className="map-row" aria-rowindex={index + 2} data-chosen={isChosen || undefined}>
      <th scope="row">
        <span className="map-cell">
          <Kind size={16} aria-hidden />
          <button type="button" className="map-name" aria-expanded={isChosen} onClick={() => choose(id)}>
            {name}
          </button>
        </span>
      </th>
      <td>{said.kinds[kind]}</td>
      <td>{place}</td>
      <td>{address}</td>
      <td>
        <span className={`map-cell ${shield === undefined ? '' : `shield-${shield}`}`}>
          {Shield !== undefined && <Shield className="map-shield" size={16} aria-hidden />}
          <span>{state}</span>
        </span>
      </td>
      <td>
        <Rate devices={devices} />
      </td>
      <td title={wrong.join(' ')}>
        {wrong.length === 0 ? (
          said.noProblem
        ) : (
          <span className="map-cell map-wrong">
            <IconAlertTriangle size={14} aria-hidden />
            <span>{wrong.join(' ')}</span>
          </span>
        )}
      </td>
    </tr>
  );
});

/** The map's twin: all of it as rows, of which only those in sight are drawn. */
export function MapTable({ machine }: { readonly machine: Machine }) {
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>();
  const frame = useRef<HTMLDivElement>(null);
  const all = useMemo(() => mapRows(machine), [machine]);
  const found = useMemo(() => searchRows(all, search), [all, search]);
  // By traffic the order follows each count; else a count moves nothing.
  const rates = useMapStore(({ traffic }) => (sorting?.column === 'traffic' ? traffic.rates : undefined));
  const rows = useMemo(
    () =>
      sortRows(found, sorting, ({ devices }) => {
        const { received, sent } = rateOf(rates ?? {}, devices);
        return received + sent;
      }),
    [found, sorting, rates],
  );
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const items = drawn.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = drawn.getTotalSize() - (items.at(-1)?.end ?? 0);

  function sort(column: SortColumn): void {
    setSorting((now) =>
      now?.column !== column ? { column, isDown: false } : now.isDown ? undefined : { column, isDown: true },
    );
  }
  return (
    <Stack gap="sm">
      <TextInput
        type="search"
        aria-label={said.search}
        placeholder={said.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <Text size="sm" c="dimmed" role="status">
        {rows.length === 0 ? said.none : said.count(rows.length, all.length)}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls, the keyboard must be able to scroll. */}
      <section ref={frame} className="map-frame-of-table" tabIndex={0} aria-label={said.caption}>
        <table className="map-table" aria-rowcount={rows.length + 1}>
          <caption>{said.caption}</caption>
          <thead>
            <tr aria-rowindex={1}>
              {sortColumns.map((column) => (
                <HeadCell key={column} column={column} sorting={sorting} onSort={sort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {items.map(({ index }) => {
              const row = rows[index];
              return row === undefined ? null : <Row key={row.id} row={row} index={index} />;
            })}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
      </section>
    </Stack>
  );
}
