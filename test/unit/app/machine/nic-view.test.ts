import { describe, expect, it } from 'vitest';
import { type NicFacts, viewNic } from '../../../../main/app/machine/nic-view.ts';

const mac = 0x5254_0000_0002n;
const text = '52:54:00:00:00:02';
const link = { device: 'vnet0', kind: 'tap', up: true, bridge: 'gwbr0' } as const;
const bare: NicFacts = {
  device: 'vnet0',
  link,
  guest: undefined,
  binding: undefined,
  port: undefined,
  network: 'home',
  awaitedFilter: undefined,
  leases: [],
  neighbours: [],
};
const span = { file: 'vnet0.xml', line: 1, column: 1, length: 0 };
const binding = { device: 'vnet0', filter: 'clean-traffic', mac: undefined, parameters: {}, span };
const port = {
  device: 'vnet0',
  network: 'home',
  guest: 'web',
  mac,
  owner: 1000,
  filter: undefined,
  portGroup: undefined,
};

describe('the MAC address of a NIC', () => {
  it.each<[string, Partial<NicFacts>, string | undefined, string | undefined]>([
    ['is not known at first', {}, undefined, undefined],
    ['is that of its port', { port }, text, 'its port'],
    ['is that of its binding', { binding: { ...binding, mac } }, text, 'its binding'],
    ['is what was found', { guest: { hypervisor: undefined, mac: { mac, source: 'libvirt' } } }, text, 'libvirt'],
  ])('%s', (_, facts, wanted, from) => {
    const { mac: found, macFrom } = viewNic({ ...bare, ...facts });
    expect([found, macFrom]).toEqual([wanted, from]);
  });
});

describe('the addresses of a NIC', () => {
  it('come from leases, parameters and neighbours, each once by its surest source', () => {
    const { addresses } = viewNic({
      ...bare,
      port,
      binding: { ...binding, parameters: { IP: ['10.0.0.2', '10.0.0.9'] } },
      leases: [
        { mac: text, address: '10.0.0.2' },
        { mac: '52:54:00:00:00:99', address: '10.0.0.5' },
      ],
      neighbours: [
        { device: 'gwbr0', mac: text, address: 'fd00::2' },
        { device: 'gwbr0', mac: text, address: 'fe80::2' },
        { device: 'other', mac: text, address: '10.9.9.9' },
      ],
    });
    expect(addresses).toEqual([
      { address: '10.0.0.2', from: 'lease' },
      { address: '10.0.0.9', from: 'parameter' },
      { address: 'fd00::2', from: 'neighbour' },
    ]);
  });
});

describe('what is wrong with a NIC', () => {
  it.each<[string, Partial<NicFacts>, readonly string[]]>([
    ['nothing, at a bridge', { binding }, []],
    ['its filter waits for it', { binding, link: undefined }, ['awaited']],
    ['its filter does not hold outside of a bridge', { binding, link: { ...link, bridge: undefined } }, ['apart']],
    ['nothing, without a filter', { link: { ...link, bridge: undefined } }, []],
  ])('%s', (_, facts, kinds) => {
    expect(viewNic({ ...bare, ...facts }).problems.map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('a NIC without the default filter of its network', () => {
  it.each<[string, boolean, string]>([
    ['is open', true, 'vnet0 is on home without its default filter clean-traffic.'],
    [
      'is silent where it is kept down',
      false,
      'vnet0 is on home without its default filter clean-traffic. Nothing of it passes until it has one.',
    ],
  ])('%s', (_, up, message) => {
    const { problems } = viewNic({ ...bare, link: { ...link, up }, awaitedFilter: 'clean-traffic' });
    expect(problems).toMatchObject([{ kind: 'unfiltered', severity: 'error', message }]);
  });
});
