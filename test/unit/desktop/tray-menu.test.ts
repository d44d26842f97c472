import { describe, expect, it } from 'vitest';
import { trayMenu, trayToolTip } from '../../../main/desktop/tray-menu.ts';
import { type Machine, machineSchema, type NetworkSummary, networkSummarySchema } from '../../../shared/rpc/machine.ts';
import { sampleOf } from '../../doubles/sample-of.ts';

const network = (name: string, more: Partial<NetworkSummary> = {}): NetworkSummary => {
  const { title: _, ...sample } = sampleOf(networkSummarySchema) as NetworkSummary;
  return { ...sample, name, kind: 'nat', started: true, problems: [], ...more };
};
const machine = (networks: readonly NetworkSummary[], more: Partial<Machine> = {}): Machine => ({
  ...(sampleOf(machineSchema) as Machine),
  networks: [...networks],
  nics: [],
  problems: [],
  force: 'current',
  ...more,
});
const actions = { open: () => {}, setStaysInTray: () => {}, quit: () => {} };
const problem = { kind: 'x', severity: 'error', message: 'x' } as const;

describe('the tray menu', () => {
  it.each([
    ['started', network('lab'), 'lab (nat): started'],
    ['stopped', network('lab', { started: false, kind: 'route' }), 'lab (route): stopped'],
    ['with a title', network('lab', { title: 'R&D' }), 'R&&D (nat): started'],
    ['that fails', network('lab', { problems: [problem] }), 'lab (nat): started – does not work'],
    ['to look at', network('lab', { problems: [{ ...problem, severity: 'warning' }] }), 'lab (nat): started – look'],
  ])('has a network %s', (_, summary, label) => {
    expect(trayMenu(machine([summary]), false, actions)[0]).toMatchObject({ label });
  });

  it('leads to the page of a network, whatever its name holds', () => {
    const opened: string[] = [];
    const [item] = trayMenu(machine([network('a/b?c')]), false, { ...actions, open: (hash = '') => opened.push(hash) });
    (item as { click: () => void }).click();
    expect(opened).toEqual(['#/networks/a%2Fb%3Fc']);
  });

  it.each([
    ['no network', machine([]), 'No networks yet'],
    ['what is not read yet', undefined, 'Reading the machine …'],
  ])('says of %s that it is so', (_, seen, label) => {
    expect(trayMenu(seen, false, actions)[0]).toEqual({ label, enabled: false });
  });
});

describe('what the tray icon says', () => {
  it.each([
    ['nothing', undefined, 'Guestward'],
    ['two', machine([network('a'), network('b', { started: false })]), 'Guestward: 1 of 2 networks started'],
    ['a problem', machine([network('a', { problems: [problem] })]), 'Guestward: 1 of 1 networks started, 1 problem'],
    [
      'lost rules',
      machine([network('a')], { force: 'lost' }),
      'Guestward: 1 of 1 networks started, the kernel has lost the rules',
    ],
  ])('of %s', (_, seen, said) => {
    expect(trayToolTip(seen)).toBe(said);
  });
});
