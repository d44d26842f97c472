import { ScrollArea, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { FilterSummary } from '../../../shared/rpc/filters.ts';
import { routeTo } from '../../shell/route.ts';
import { words } from '../../words/words.ts';
import { layOutFilters } from './graph-layout.ts';
import './filter-graph.css';

/** The library as a graph: an arrow leads from a filter to each that it takes in. The list says the same in words. */
export function FilterGraph({ filters }: { readonly filters: readonly FilterSummary[] }) {
  const graph = useMemo(() => layOutFilters(filters), [filters]);
  const [lit, setLit] = useState<string>();
  const near = new Set(graph.edges.flatMap(({ from, to }) => (from === lit || to === lit ? [from, to] : [])));
  const origins = new Map(filters.map(({ name, origin }) => [name, origin]));
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {words.filters.graphHint}
      </Text>
      <ScrollArea type="auto" component="nav" aria-label={words.filters.graph}>
        <svg
          className="filter-graph"
          width={graph.width}
          height={graph.height}
          viewBox={`0 0 ${graph.width} ${graph.height}`}
        >
          <title>{words.filters.graph}</title>
          <defs>
            <marker
              id="filter-arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" className="filter-arrow" />
            </marker>
          </defs>
          {graph.edges.map(({ from, to, path }) => (
            <path
              key={`${from} ${to}`}
              className="filter-edge"
              data-lit={(lit !== undefined && (from === lit || to === lit)) || undefined}
              d={path}
              markerEnd="url(#filter-arrow)"
            />
          ))}
          {graph.nodes.map(({ name, x, y, width, height }) => (
            <a
              key={name}
              href={routeTo(['filters', name])}
              className="filter-node"
              data-origin={origins.get(name)}
              data-lit={name === lit || near.has(name) || undefined}
              aria-label={words.filters.graphNode(name, filters.find((each) => each.name === name)?.refersTo ?? [])}
              onMouseEnter={() => setLit(name)}
              onMouseLeave={() => setLit(undefined)}
              onFocus={() => setLit(name)}
              onBlur={() => setLit(undefined)}
            >
              <rect x={x} y={y} width={width} height={height} rx={8} />
              <text x={x + width / 2} y={y + height / 2} dominantBaseline="central" textAnchor="middle">
                {name}
              </text>
            </a>
          ))}
        </svg>
      </ScrollArea>
    </>
  );
}
