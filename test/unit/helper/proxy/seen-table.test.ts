import { describe, expect, it } from 'vitest';
import { parseSeen } from '../../../../main/helper/proxy/seen-table.ts';

const mac = '52:54:00:00:00:01';
const listing = (...values: readonly unknown[]) =>
  JSON.stringify({
    nftables: [
      { metainfo: { version: '1.0.6' } },
      { set: { name: 'seen', elem: values.map((val) => ({ elem: { val, timeout: 5, expires: 4 } })) } },
    ],
  });

describe('what nft lists of guests that were seen', () => {
  it('is read as neighbours that may be old', () => {
    expect(parseSeen(listing({ concat: ['gwlan', mac, 'fd77::9'] }))).toEqual([
      { about: 'neighbour', address: 'fd77::9', device: 'gwlan', mac, state: 'stale' },
    ]);
  });

  it.each([
    ['nobody', JSON.stringify({ nftables: [{ set: { name: 'seen' } }] })],
    ['a value of another kind', listing('fd77::9', { concat: ['gwlan', mac] })],
    ['no JSON', 'Error: No such file or directory'],
    ['nothing', ''],
  ])('is nobody where it is %s', (_, text) => {
    expect(parseSeen(text)).toEqual([]);
  });
});
