import { describe, expect, it } from 'vitest';
import { guestOfDomainXml } from '../../../main/machine/find-guests.ts';
import { forwardingTablesByDevice } from '../../../main/machine/guest-mac/forwarding-tables-by-device.ts';
import { parseNeighbours } from '../../../main/machine/neighbours.ts';

describe('ip -json neighbour show', () => {
  it('says who has which address, without those who did not answer', () => {
    const entries = [
      { dst: '10.0.0.2', dev: 'gwbr0', lladdr: '52:54:00:00:00:02', state: ['REACHABLE'] },
      { dst: '10.0.0.3', dev: 'gwbr0', state: ['INCOMPLETE'] },
      { dst: '10.0.0.4', dev: 'gwbr0', lladdr: '52:54:00:00:00:04', state: ['FAILED'] },
    ];
    expect(parseNeighbours(JSON.stringify(entries))).toEqual([
      { device: 'gwbr0', address: '10.0.0.2', mac: '52:54:00:00:00:02' },
    ]);
  });

  it.each(['', 'nonsense', '{}'])('says nothing in %j', (json) => {
    expect(parseNeighbours(json)).toEqual([]);
  });
});

describe('the forwarding tables of all bridges', () => {
  it('are told apart by device', () => {
    const entries = [
      { mac: '52:54:00:00:00:02', ifname: 'vnet0' },
      { mac: '52:54:00:00:00:03', ifname: 'vnet1' },
    ];
    const tables = forwardingTablesByDevice(JSON.stringify(entries));
    expect(JSON.parse(tables.get('vnet1') ?? '')).toEqual([entries[1]]);
  });
});

describe("libvirt's XML of a running guest", () => {
  const xml = `<domstatus state='running'><domain type='kvm' id='1'>
  <name>web</name><devices><interface type='network'><target dev='vnet3'/></interface></devices></domain></domstatus>`;
  it.each([
    ['vnet3', 'web'],
    ['vnet4', undefined],
  ])('names the guest behind %s', (device, name) => {
    expect(guestOfDomainXml(xml, device)).toBe(name);
  });
});
