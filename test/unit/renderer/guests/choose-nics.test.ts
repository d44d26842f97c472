import { describe, expect, it } from 'vitest';
import { chooseNics, type NicState } from '../../../../renderer/features/guests/choose-nics.ts';
import { areOfKind, splitValues } from '../../../../renderer/features/guests/read-values.ts';
import type { Nic } from '../../../../shared/rpc/machine.ts';

const nic = (device: string, more: Partial<Nic> = {}): Nic => ({
  device,
  present: true,
  kind: 'tap',
  up: true,
  addresses: [],
  problems: [],
  ...more,
});
const nics = [
  nic('vnet0', { filter: { name: 'clean-traffic', parameters: {} }, network: 'home' }),
  nic('vnet1', {
    hypervisor: { name: 'QEMU', guest: 'Web Server' },
    addresses: [{ address: '10.0.0.7', from: 'lease' }],
  }),
  nic('vnet2', { problems: [{ kind: 'apart', severity: 'error', message: '' }] }),
];

describe('NICs are chosen', () => {
  it.each<readonly [string, NicState, readonly string[]]>([
    ['', 'all', ['vnet0', 'vnet1', 'vnet2']],
    ['  ', 'filtered', ['vnet0']],
    ['', 'open', ['vnet1', 'vnet2']],
    ['', 'trouble', ['vnet2']],
    ['qemu web', 'all', ['vnet1']],
    ['10.0.0', 'all', ['vnet1']],
    ['CLEAN home', 'all', ['vnet0']],
    ['web', 'filtered', []],
  ])('%j of those that are %s', (search, state, devices) => {
    expect(chooseNics(nics, search, state).map(({ device }) => device)).toEqual(devices);
  });
});

describe('values of a list', () => {
  it.each([
    ['10.0.0.1, 10.0.0.2', 'ipv4', true],
    ['10.0.0.1 fd00::1', 'ipv4', false],
    ['fd00::1', 'ipv6', true],
    ['80,443', 'number', true],
    ['http', 'number', false],
    ['', 'mac', true],
  ] as const)('%j are all of the kind %s: %s', (text, kind, isRight) => {
    expect(areOfKind(splitValues(text), kind)).toBe(isRight);
  });
});
