import { describe, expect, it } from 'vitest';
import { parseNeighbour } from '../../../../main/helper/proxy/parse-neighbour.ts';

const mac = '02:77:00:00:00:99';
const neighbour = (state: string, more = {}) => ({
  about: 'neighbour',
  address: '192.168.77.9',
  device: 'gwlan',
  mac,
  state,
  ...more,
});

describe('a line of ip monitor', () => {
  it.each([
    [`192.168.77.9 dev gwlan lladdr ${mac} STALE `, neighbour('stale')],
    [`192.168.77.9 dev gwlan lladdr ${mac} REACHABLE`, neighbour('reachable')],
    [`192.168.77.9 dev gwlan lladdr ${mac} extern_learn PERMANENT proto 103 `, undefined],
    [`192.168.77.9 dev gwlan lladdr ${mac} router PROBE`, neighbour('probe')],
    ['192.168.77.9 dev gwlan FAILED', neighbour('failed', { mac: undefined })],
    [`Deleted 192.168.77.9 dev gwlan lladdr ${mac} STALE`, neighbour('gone')],
    ['192.168.77.9 dev gwlan INCOMPLETE', neighbour('other', { mac: undefined })],
    ['2: up0@if2: <NO-CARRIER,BROADCAST> mtu 1500 qdisc noqueue', { about: 'device', device: 'up0' }],
    ['3: wlan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500', { about: 'device', device: 'wlan0' }],
    [`fd77::9 dev gwlan lladdr ${mac} router STALE`, neighbour('stale', { address: 'fd77::9' })],
    ['fd77::9 dev gwlan proxy proto 103', undefined],
    [`dev gwlan lladdr ${mac} REACHABLE`, undefined],
    ['', undefined],
  ])('%j', (line, report) => {
    expect(parseNeighbour(line)).toEqual(report);
  });
});
