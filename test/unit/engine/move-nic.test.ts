import { describe, expect, it } from 'vitest';
import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Change } from '../../../main/engine/change.ts';
import { undoChanges } from '../../../main/engine/journal/undo-changes.ts';
import { reverseOf } from '../../../main/engine/reverse-of.ts';
import { networkPlanLines } from '../../../main/engine/words/network-plan-words.ts';
import type { Workspace } from '../../../main/engine/workspace.ts';
import type { JournalEntry } from '../../../shared/plan/journal-entry.ts';
import {
  changed,
  create,
  define,
  destroy,
  failureOf,
  fresh,
  otherUuid,
  planned,
  type Surroundings,
  xml,
} from './network-rig.ts';

const mac = 0x5254_0000_0102n;
const filter = "<g:filter name='clean-traffic'/>";
const lab = (settings?: string) => xml({ bridge: 'virbr1', ...(settings !== undefined && { settings }) });
const den = (settings?: string) =>
  xml({ name: 'den', uuid: otherUuid, bridge: 'virbr2', ip: '10.6.6', ...(settings !== undefined && { settings }) });
const both = (ofLab?: string, ofDen?: string): Workspace =>
  changed(changed(fresh, create(lab(ofLab))), create(den(ofDen)));
const move: Change = { change: 'move-port', device: 'vnet0', network: 'den' };
const adopt: Change = { change: 'adopt-nics', plugged: [{ device: 'vnet0', network: 'lab', mac }], gone: [] };
const bind: Change = {
  change: 'bind',
  binding: {
    device: 'vnet0',
    mac,
    filter: 'no-mac-spoofing',
    parameters: {},
    span: { file: '', line: 1, column: 1, length: 0 },
  },
  replace: false,
};
const seen = (bridge: string | undefined, device = 'vnet0'): Surroundings => ({
  guestLinks: [{ device, kind: 'tap', up: true, bridge }],
  guestMacs: new Map([[device, mac]]),
});

describe('a NIC of another program, moved', () => {
  it('goes from bridge to bridge, and nothing else changes where neither network has a default filter', () => {
    const { plan, notes } = planned(both(), [move], seen('virbr1'));
    expect(plan.plugs).toEqual([{ device: 'vnet0', from: 'virbr1', to: 'virbr2' }]);
    expect([plan.definitions, plan.operations, plan.networks]).toEqual([[], [], undefined]);
    expect(notes).toEqual([
      expect.stringContaining("virsh edit GUEST and <source network='den'/>"),
      expect.stringContaining('keeps its address of lab'),
    ]);
    expect(networkPlanLines(plan, both())).toEqual([
      'move vnet0 from network lab (virbr1) to network den (virbr2)',
      '  interrupts connections of the guest on vnet0, who is in another network from now on',
    ]);
  });

  it('may come from no bridge', () => {
    expect(planned(both(), [move], seen(undefined)).plan.plugs).toEqual([{ device: 'vnet0', to: 'virbr2' }]);
  });

  it.each<[string, Workspace, object | undefined]>([
    ['the default filter of the new network', both(undefined, filter), { adoptedBy: 'den', filter: 'clean-traffic' }],
    ['none where only the old one had one', changed(both(filter), adopt), undefined],
    ["the new one's in place of the old one's", changed(both(filter, filter), adopt), { adoptedBy: 'den', mac }],
    ['the one that somebody has attached', changed(both(filter, filter), bind), { filter: 'no-mac-spoofing' }],
  ])('has %s', (_name, workspace, binding) => {
    const after = planned(workspace, [move], seen('virbr1')).workspace.bindings.get('vnet0')?.binding;
    if (binding === undefined) expect(after).toBeUndefined();
    else expect(after).toMatchObject(binding);
  });

  it('is given an address of the new network, which its filter knows', () => {
    const { workspace } = planned(changed(both(filter, filter), adopt), [move], seen('virbr1'));
    expect(workspace.bindings.get('vnet0')?.binding.parameters['IP']).toEqual([expect.stringMatching(/^10\.6\.6\./)]);
  });

  it('is left alone where it is on that network already', () => {
    const { plan, notes } = planned(both(), [move], seen('virbr2'));
    expect([plan.plugs, notes]).toEqual([undefined, ['vnet0 is on network den already.']]);
  });

  it.each<[string, Workspace, Change, Surroundings, object]>([
    ['that is not there', both(), move, seen('virbr1', 'vnet1'), { kind: 'port-not-found', device: 'vnet0' }],
    ['to nowhere', both(), { ...move, network: 'no' }, seen('virbr1'), { kind: 'network-not-found', network: 'no' }],
    [
      'to a network that is not started',
      changed(changed(fresh, create(lab())), define(den())),
      move,
      seen('virbr1'),
      { kind: 'network-inactive', network: 'den' },
    ],
    [
      "out of a bridge that is no network's",
      both(),
      move,
      seen('br0'),
      { kind: 'refused', message: expect.stringContaining("br0, which is of no network of Guestward's") },
    ],
    [
      'whose guest nobody knows, to a network that filters',
      both(undefined, filter),
      move,
      { ...seen('virbr1'), guestMacs: new Map() },
      { kind: 'mac-unknown', device: 'vnet0' },
    ],
  ])('is refused for one %s', (_name, workspace, change, around, failure) => {
    expect(failureOf(workspace, [change], around)).toMatchObject(failure);
  });
});

describe('a move, undone', () => {
  const workspace = changed(both(filter, filter), adopt);
  const made = planned(workspace, [move], seen('virbr1'));
  const entry: JournalEntry = {
    id: 1,
    generation: 1,
    at: 0,
    uid: 0,
    title: 't',
    through: 'window',
    kind: 'change',
    definitions: made.plan.definitions.map(({ kind, name, text }) => ({
      kind,
      name,
      ...(kind === 'binding' && { before: workspace.bindings.get(name)?.text ?? '' }),
      ...(kind === 'live-network' && { before: workspace.networks.get(name)?.live?.text ?? '' }),
      ...(text !== null && { after: text }),
    })),
    plugs: made.plan.plugs ?? [],
  };
  const undo = undoChanges(entry, [], made.workspace);
  const changes = undo.ok ? undo.value : [];

  it('puts the NIC and its filter back', () => {
    const back = planned(made.workspace, changes, seen('virbr2'));
    expect(back.plan.plugs).toEqual([{ device: 'vnet0', from: 'virbr2', to: 'virbr1' }]);
    expect(back.workspace.bindings.get('vnet0')?.text).toBe(workspace.bindings.get('vnet0')?.text);
    expect(back.workspace.networks.get('den')?.live?.text).toBe(workspace.networks.get('den')?.live?.text);
  });

  it('leaves the NIC where its hypervisor has put it back already', () => {
    const back = planned(made.workspace, changes, seen('virbr1'));
    expect(back.plan.plugs).toBeUndefined();
    expect(back.workspace.bindings.get('vnet0')?.binding.adoptedBy).toBe('lab');
  });

  it.each<[string, Surroundings, string]>([
    ['is gone', { guestLinks: [] }, 'vnet0 is not there any more'],
    ['is elsewhere', seen('br0'), 'vnet0 is in the bridge br0 by now, not in the bridge virbr2'],
  ])('is refused where the NIC %s', (_name, around, message) => {
    expect(failureOf(made.workspace, changes, around)).toMatchObject({ kind: 'refused', message });
  });

  it('is refused where the old network does not stand', () => {
    const plug = { device: 'vnet0', from: 'virbr2', to: 'virbr1' };
    const failure = failureOf(changed(both(), destroy('lab')), [{ change: 'plug-nic', plug }], seen('virbr2'));
    expect(failure).toMatchObject({ message: 'the network with the bridge virbr1 does not stand any more' });
  });

  it('is the way back of a change that nobody confirms, too', () => {
    expect(reverseOf(made, workspace, false, nftablesBackend).plugs).toEqual([
      { device: 'vnet0', from: 'virbr2', to: 'virbr1' },
    ]);
  });
});

it('a filter is not taken from a NIC that was moved before it was missed', () => {
  const workspace = planned(changed(both(filter, filter), adopt), [move], seen('virbr1')).workspace;
  const missed: Change = { change: 'adopt-nics', plugged: [], gone: ['vnet0'] };
  expect(planned(workspace, [missed], seen('virbr2')).workspace.bindings.get('vnet0')?.binding.adoptedBy).toBe('den');
});
