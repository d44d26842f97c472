import { describe, expect, it } from 'vitest';
import { layOutFilters } from '../../../../renderer/features/filters/graph-layout.ts';

const filters = [
  { name: 'clean', refersTo: ['no-mac', 'no-ip', 'gone'] },
  { name: 'no-ip', refersTo: ['base'] },
  { name: 'no-mac', refersTo: [] },
  { name: 'base', refersTo: [] },
  { name: 'alone', refersTo: [] },
];
const graph = layOutFilters(filters);

describe('the graph of filters', () => {
  it('has every filter once, and an arrow for each reference within the library', () => {
    expect(graph.nodes.map(({ name }) => name).toSorted()).toEqual(['alone', 'base', 'clean', 'no-ip', 'no-mac']);
    expect(graph.edges.map(({ from, to }) => `${from} ${to}`).toSorted()).toEqual([
      'clean no-ip',
      'clean no-mac',
      'no-ip base',
    ]);
  });

  it('goes from left to right', () => {
    const x = (name: string) => graph.nodes.find((node) => node.name === name)?.x ?? Number.NaN;
    for (const { from, to } of graph.edges) expect(x(from)).toBeLessThan(x(to));
  });

  it('lays nothing over another, and all within its size', () => {
    for (const one of graph.nodes) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(graph.width);
      expect(one.y + one.height).toBeLessThanOrEqual(graph.height);
      for (const other of graph.nodes) {
        if (one === other) continue;
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect([one.name, other.name, apart]).toEqual([one.name, other.name, true]);
      }
    }
  });

  it('of nothing is empty, and a circle, which the library does not take, is no end', () => {
    expect(layOutFilters([]).nodes).toEqual([]);
    const circle = [
      { name: 'a', refersTo: ['b'] },
      { name: 'b', refersTo: ['a'] },
    ];
    expect(layOutFilters(circle).edges).toHaveLength(2);
  });
});
