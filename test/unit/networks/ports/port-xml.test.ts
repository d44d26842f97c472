import { expect, test } from 'vitest';
import { parsePort } from '../../../../main/networks/ports/parse-port.ts';
import { printPort } from '../../../../main/networks/ports/print-port.ts';
import type { Port } from '../../../../shared/network/port.ts';

const bare: Port = {
  device: 'gw0',
  network: 'lab',
  guest: undefined,
  mac: 0x5254_0000_0001n,
  owner: 1000,
  filter: undefined,
  portGroup: undefined,
};

test.each<[string, Port]>([
  ['with what it must have', bare],
  ['with everything', { ...bare, guest: 'web', filter: 'clean-traffic', portGroup: 'slow', owner: 0 }],
  ["whose network's name has XML's own characters", { ...bare, network: `a<b>'c'"&d` }],
])('a port %s reads back as it was written', (_, port) => {
  expect(parsePort(printPort(port), 'port.xml')).toEqual({ ok: true, value: port, warnings: [] });
});

test.each([
  ['no port', '<filter/>', ['root-element']],
  ['without a device', "<port network='lab' mac='52:54:00:00:00:01' owner='0'/>", ['missing-attribute']],
  [
    'of a device that is a path',
    "<port device='../x' network='lab' mac='52:54:00:00:00:01' owner='0'/>",
    ['bad-value'],
  ],
  ['of a user by name', "<port device='gw0' network='lab' mac='52:54:00:00:00:01' owner='root'/>", ['bad-value']],
  ['with a MAC address that is none', "<port device='gw0' network='lab' mac='x' owner='0'/>", ['bad-value']],
])('what is %s is refused', (_, text, codes) => {
  const parsed = parsePort(text, 'port.xml');
  expect(parsed.ok ? [] : [...new Set(parsed.diagnostics.map(({ code }) => code))]).toEqual(
    expect.arrayContaining(codes),
  );
});
