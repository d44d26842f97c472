import { expect, test } from 'vitest';
import { lazyNetwork, refuseDamaged } from '../../../main/engine/networks/network-text.ts';
import { readNetworks } from '../../../main/engine/networks/read-networks.ts';
import { parseNetwork } from '../../../main/networks/parse/parse-network.ts';
import { xml } from './network-rig.ts';

const port = "<port device='gw0' network='lab' mac='52:54:00:00:00:01' owner='1000'/>";
const texts = { networks: { lab: xml({}) }, liveNetworks: { lab: xml({}), passing: xml({}) }, ports: { gw0: port } };

test.each([
  [
    'as they stand',
    false,
    [
      ['lab', true, true],
      ['passing', false, true],
    ],
  ],
  ['as defined after a start of the machine', true, [['lab', true, false]]],
])('networks are read %s', (_, rebooted, expected) => {
  const read = readNetworks({ ...texts, rebooted }, '/state');
  if (!read.ok) throw new Error(read.failure.kind);
  const { networks, ports } = read.value;
  const told = [...networks.values()].map(({ name, persistent, live }) => [
    name,
    persistent !== undefined,
    live !== undefined,
  ]);
  expect(told).toEqual(expected);
  expect(ports.get('gw0')?.owner).toBe(1000);
});

test('a damaged port is refused with its file', () => {
  const read = readNetworks({ ...texts, ports: { gw0: '<port/>' }, rebooted: false }, '/state');
  expect(read.ok ? undefined : read.failure).toMatchObject({
    kind: 'diagnostics',
    sources: new Map([['/state/ports/gw0.xml', '<port/>']]),
  });
});

test('a network is parsed when it is asked for, once', () => {
  let count = 0;
  const stored = lazyNetwork(xml({}), 'lab.xml', (text, file) => {
    count += 1;
    return parseNetwork(text, file);
  });
  expect(count).toBe(0);
  expect(stored.document).toBe(stored.document);
  expect(count).toBe(1);
});

test('a damaged network is a failure of whatever asks for it, with its findings', () => {
  const stored = lazyNetwork('<network/>', 'lab.xml', parseNetwork);
  const outcome = refuseDamaged(() => ({ ok: true, value: stored.document.name }));
  expect(outcome.ok ? undefined : outcome.failure).toMatchObject({
    kind: 'diagnostics',
    sources: new Map([['lab.xml', '<network/>']]),
  });
});
