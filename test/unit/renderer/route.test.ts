import { describe, expect, it } from 'vitest';
import { parseRoute, routeTo } from '../../../renderer/shell/route.ts';

describe('a route', () => {
  it.each([
    ['', { parts: [], query: {} }],
    ['#/', { parts: [], query: {} }],
    ['#/map', { parts: ['map'], query: {} }],
    ['#/network/my%20net', { parts: ['network', 'my net'], query: {} }],
    ['#/network/a%2Fb', { parts: ['network', 'a/b'], query: {} }],
    ['#/packet?frame=00ff&dir=out', { parts: ['packet'], query: { frame: '00ff', dir: 'out' } }],
    ['#/network/50%', { parts: ['network', '50%'], query: {} }],
  ])('is read from %s', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each([
    [['network', 'my net/1'], {}],
    [['packet'], { frame: 'a&b=c' }],
  ])('comes back from its link: %j %j', (parts, query) => {
    expect(parseRoute(routeTo(parts, query))).toEqual({ parts, query });
  });
});
