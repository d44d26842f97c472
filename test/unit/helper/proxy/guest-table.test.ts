import { describe, expect, it } from 'vitest';
import {
  askMilliseconds,
  createGuestTable,
  type GuestTable,
  maxAddressesOfMac,
  maxGuests,
  probeMilliseconds,
} from '../../../../main/helper/proxy/guest-table.ts';
import type { NeighbourState } from '../../../../main/helper/proxy/parse-neighbour.ts';

const lan = { subnets: ['192.168.0.0/16', 'fd77::/64'], reserved: ['192.168.77.1', '192.168.77.20', 'fd77::20'] };
const [mac, otherMac] = ['02:77:00:00:00:99', '02:77:00:00:00:66'];
const address = '192.168.77.9';
const heard = (state: NeighbourState, from: string | undefined = mac, at = address) => ({
  address: at,
  mac: from,
  state,
});

function admitted(): GuestTable {
  const table = createGuestTable(lan);
  expect(table.onBridge(heard('stale'), 0)).toEqual([{ act: 'ask', address }]);
  expect(table.tick(askMilliseconds - 1)).toEqual([]);
  expect(table.tick(askMilliseconds)).toEqual([{ act: 'admit', address }]);
  return table;
}

describe('the guests of a lan network', () => {
  it('are let in when no machine of the LAN has their address', () => {
    expect(admitted().standing()).toEqual([address]);
  });

  it('are not let in with the address of a machine of the LAN', () => {
    const table = createGuestTable(lan);
    table.onBridge(heard('stale'), 0);
    table.onUplink(heard('reachable', otherMac), 5);
    expect(table.tick(askMilliseconds)).toEqual([]);
    expect(table.onBridge(heard('stale'), askMilliseconds)).toEqual([]);
    expect(table.standing()).toEqual([]);
  });

  it.each([
    ['the gateway has', '192.168.77.1'],
    ['the host has', '192.168.77.20'],
    ['is not of the LAN', '10.0.0.1'],
    ['is not of the LAN, and IPv6', 'fd78::9'],
    ['the host has, and IPv6', 'fd77::20'],
    ['every router has', 'fd77::'],
    ['is no address', 'router'],
  ])('are not let in with an address that %s', (_, taken) => {
    expect(createGuestTable(lan).onBridge(heard('stale', mac, taken), 0)).toEqual([]);
  });

  it('keep their address while they answer, whoever else claims it', () => {
    const table = admitted();
    const now = askMilliseconds;
    expect(table.onBridge(heard('stale', otherMac), now)).toEqual([{ act: 'probe', address, mac }]);
    expect(table.onBridge(heard('reachable'), now)).toEqual([]);
    expect(table.standing()).toEqual([address]);
  });

  it('lose it to another one when they answer no more', () => {
    const table = admitted();
    const now = askMilliseconds;
    table.onBridge(heard('failed', undefined), now);
    expect(table.onBridge(heard('stale', otherMac), now)).toEqual([
      { act: 'dismiss', address },
      { act: 'ask', address },
    ]);
  });

  it('are asked from time to time, and dismissed when they do not answer', () => {
    const table = admitted();
    const first = askMilliseconds + probeMilliseconds;
    expect(table.tick(first)).toEqual([{ act: 'probe', address, mac }]);
    table.onBridge(heard('probe'), first);
    table.onBridge(heard('failed', undefined), first);
    expect(table.tick(first + probeMilliseconds)).toEqual([{ act: 'dismiss', address }]);
    expect(table.standing()).toEqual([]);
  });

  it('stay when they answer late', () => {
    const table = admitted();
    const first = askMilliseconds + probeMilliseconds;
    table.onBridge(heard('failed', undefined), first);
    table.onBridge(heard('stale'), first);
    expect(table.tick(first + probeMilliseconds)).toEqual([{ act: 'probe', address, mac }]);
  });

  it('are so many and no more', () => {
    const claim = (table: GuestTable, count: number, from: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => {
        const at = `192.168.${78 + (n >> 8)}.${n & 255}`;
        return table.onBridge(heard('stale', from(n), at), 0).length;
      }).filter((acts) => acts > 0).length;
    expect(claim(createGuestTable(lan), 300, () => mac)).toBe(maxAddressesOfMac);
    expect(claim(createGuestTable(lan), 300, (n) => `02:77:00:00:${(n >> 8) + 10}:${(n & 255) + 10}`)).toBe(maxGuests);
  });

  it('are taken over from an earlier process, and asked at once', () => {
    const table = createGuestTable(lan);
    table.adopt(address, undefined);
    table.onBridge(heard('stale'), 10);
    expect(table.standing()).toEqual([address]);
    expect(table.onBridge(heard('stale', otherMac), 20)).toEqual([{ act: 'probe', address, mac }]);
  });
});
