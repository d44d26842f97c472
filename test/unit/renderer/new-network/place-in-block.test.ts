import { describe, expect, it } from 'vitest';
import { placeInBlock } from '../../../../renderer/features/new-network/place-in-block.ts';

describe('the place of a subnet in a block', () => {
  it.each([
    ['10.0.0.0/9', '10.0.0.0/8', { start: 0, width: 0.5 }],
    ['10.128.0.0/9', '10.0.0.0/8', { start: 0.5, width: 0.5 }],
    ['0.0.0.0/1', '10.0.0.0/8', { start: 0, width: 1 }],
    ['192.168.0.0/16', '10.0.0.0/8', undefined],
    ['fd00::/8', '10.0.0.0/8', undefined],
  ])('%s in %s', (subnet, block, place) => {
    expect(placeInBlock(subnet, block)).toEqual(place);
  });
});
