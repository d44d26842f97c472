import { describe, expect, it } from 'vitest';
import { formatMac, parseMac } from '../../../../shared/net/mac.ts';

describe('parseMac', () => {
  it.each([
    ['52:54:00:12:34:56', 0x525400123456n],
    ['FF:ff:Ff:fF:FF:ff', 0xffffffffffffn],
    ['0:1:2:3:4:5', 0x000102030405n],
    ['00:00:00:00:00:00', 0n],
  ])('reads %s', (text, mac) => {
    expect(parseMac(text)).toBe(mac);
  });

  it.each([
    '',
    '52:54:00:12:34',
    '52:54:00:12:34:56:78',
    '52-54-00-12-34-56',
    '52:54:00:12:34:5g',
    '52:54:00:12:34:567',
    '52:54:00:12:34:',
    ' 52:54:00:12:34:56',
    '0x5:54:00:12:34:56',
  ])('refuses %j', (text) => {
    expect(parseMac(text)).toBeUndefined();
  });
});

describe('formatMac', () => {
  it.each([
    [0n, '00:00:00:00:00:00'],
    [0x525400abcdefn, '52:54:00:ab:cd:ef'],
  ])('writes %s', (mac, text) => {
    expect(formatMac(mac)).toBe(text);
  });
});
