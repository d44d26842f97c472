import { describe, expect, it } from 'vitest';
import { isOfOthers } from '../../../../main/helper/keeper/watch-host-rules.ts';

describe('a line of nft monitor', () => {
  it.each([
    ['add rule ip filter FORWARD counter packets 0 bytes 0 drop', true],
    ['delete table inet firewalld', true],
    ['add chain ip6 filter DOCKER { }', true],
    ['add rule inet guestward gw_x accept', false],
    ['add element bridge guestward gw_ports { "vnet0" : goto gw_x }', false],
    ['# new generation 12 by process 77 (nft)', false],
    ['', false],
  ])('%s tells of a change to what others own: %s', (line, isForeign) => {
    expect(isOfOthers(line)).toBe(isForeign);
  });
});
