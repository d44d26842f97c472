import { expect, it } from 'vitest';
import { macOfNeighbour } from '../../../../main/lab/plays/neighbours.ts';

const listed =
  '[{"dst":"10.77.0.1","lladdr":"52:54:00:77:00:fe","state":["STALE"]},{"dst":"10.77.0.9","state":["FAILED"]}]';

it.each([
  ['a neighbour that is known', listed, '10.77.0.1', '52:54:00:77:00:fe'],
  ['a neighbour that did not answer', listed, '10.77.0.9', undefined],
  ['a neighbour that is not listed', listed, '10.77.0.2', undefined],
  ['no neighbours', '[ ]', '10.77.0.1', undefined],
  ['nothing printed', '', '10.77.0.1', undefined],
])('reads %s from what ip prints', (_, json, ip, mac) => {
  expect(macOfNeighbour(json, ip)).toBe(mac);
});
