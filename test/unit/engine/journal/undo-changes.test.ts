import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../main/engine/change.ts';
import { definitionText } from '../../../../main/engine/definition-text.ts';
import { undoChanges } from '../../../../main/engine/journal/undo-changes.ts';
import type { Workspace } from '../../../../main/engine/workspace.ts';
import type { JournalEntry } from '../../../../shared/plan/journal-entry.ts';
import type { Cure } from '../../../../shared/plan/network-setup.ts';
import { autostart, changed, define, destroy, fresh, planned, start, undefine, xml } from '../network-rig.ts';

const filter = (name: string, ...inside: readonly string[]): Change => ({
  change: 'define-filter',
  text: `<filter name='${name}' chain='root'>${inside.join('')}</filter>`,
  file: 'f.xml',
});
const bind = (device: string, name: string): Change => ({
  change: 'bind',
  binding: { device, mac: 1n, filter: name, parameters: {}, span: { file: 'f', line: 1, column: 1, length: 0 } },
  replace: true,
});
const port: Change = {
  change: 'create-port',
  port: {
    device: 'gw0',
    network: 'lab',
    guest: 'web',
    mac: 0x5254_0000_0001n,
    owner: 0,
    filter: 'allow-arp',
    portGroup: undefined,
  },
};

/** As the helper writes it. */
function entryOf(
  before: Workspace,
  changes: readonly Change[],
): { readonly entry: JournalEntry; readonly after: Workspace } {
  const { plan, workspace } = planned(before, changes);
  const definitions = plan.definitions.map(({ kind, name, text }) => {
    const old = definitionText(before, kind, name);
    return { kind, name, ...(old !== undefined && { before: old }), ...(text !== null && { after: text }) };
  });
  const entry = {
    id: 1,
    generation: 1,
    at: 0,
    uid: 0,
    title: 't',
    through: 'window',
    kind: 'change',
    definitions,
  } as const;
  return { entry, after: workspace };
}

/** All definitions as texts; a stock filter counts for none. */
const textsOf = ({ filters, bindings, networks, ports }: Workspace) => ({
  filters: [...filters.values()]
    .filter(({ stock }) => !stock)
    .map(({ text }) => text)
    .sort(),
  bindings: [...bindings.values()].map(({ text }) => text).sort(),
  networks: [...networks.values()].map(({ persistent, live }) => [persistent?.text, live?.text]),
  ports: [...ports.keys()],
});

const started = changed(fresh, define(xml({})), start('lab'));
const withPort = changed(started, port);
const filtered = changed(fresh, filter('base'), filter('mine', "<filterref filter='base'/>"), bind('vnet0', 'mine'));

describe('an entry of the journal, undone', () => {
  it.each<[string, Workspace, readonly Change[]]>([
    ['a network that was made and started', fresh, [define(xml({})), start('lab')]],
    ['a network that was changed', started, [define(xml({ dhcp: "<host mac='52:54:00:00:00:07' ip='10.5.5.7'/>" }))]],
    ['a network that was stopped', started, [destroy('lab')]],
    ['a network that was removed', started, [destroy('lab'), undefine('lab')]],
    ['a network with a port that was removed', withPort, [destroy('lab'), undefine('lab')]],
    ['a network that starts by itself', started, [autostart('lab')]],
    ['a network that no longer does', changed(started, autostart('lab')), [autostart('lab', false)]],
    ['a port that was made', started, [port]],
    ['a port that was deleted', withPort, [{ change: 'delete-port', device: 'gw0' }]],
    [
      'filters that refer to each other, and a NIC',
      fresh,
      [filter('base'), filter('mine', "<filterref filter='base'/>"), bind('vnet0', 'mine')],
    ],
    ['a filter that was changed', filtered, [filter('base', "<rule action='drop' direction='in'/>")]],
    ['a NIC that was bound to another', filtered, [bind('vnet0', 'no-mac-spoofing')]],
    ['a NIC that was opened', filtered, [{ change: 'delete-binding', device: 'vnet0' }]],
    ['a stock filter that was redefined', fresh, [filter('allow-arp')]],
  ])('%s is as it was before', (_name, before, changes) => {
    const { entry, after } = entryOf(before, changes);
    const back = undoChanges(entry, [], after);
    if (!back.ok) throw new Error(JSON.stringify(back.failure));
    expect(textsOf(planned(after, back.value).workspace)).toEqual(textsOf(before));
  });

  const loose: Cure = { cure: 'loose-rp-filter', device: 'wlan0' };
  const cure = (cures: readonly Cure[]): Change => ({ change: 'cure-network', network: 'lab', cures });
  const cured = {
    ...entryOf(started, [cure([loose])]).entry,
    cures: [{ network: 'lab', before: [], after: [loose] }],
  };

  it('of cures takes just these back', () => {
    const back = undoChanges(cured, [], changed(started, cure([loose])));
    expect(back).toEqual({ ok: true, value: [cure([])] });
  });

  it.each<[string, Workspace]>([
    ['there are others', changed(started, cure([loose, { cure: 'bridge-nf-off' }]))],
    ['the network was stopped', changed(started, destroy('lab'))],
  ])('of cures is refused where %s', (_name, later) => {
    expect(undoChanges(cured, [], later)).toEqual({
      ok: false,
      failure: { kind: 'undo-conflict', id: 1, definitions: ['cures of network lab'] },
    });
  });

  it('is refused, by the names of what has changed since', () => {
    const { entry, after } = entryOf(fresh, [define(xml({})), start('lab')]);
    const later = changed(after, destroy('lab'));
    expect(undoChanges(entry, [], later)).toEqual({
      ok: false,
      failure: { kind: 'undo-conflict', id: 1, definitions: ['started network lab'] },
    });
  });

  it.each<[string, Partial<JournalEntry>, readonly number[], string]>([
    ['that was undone already', {}, [1], 'activity-undone'],
    ['whose texts were too long', { cut: true }, [], 'undo-impossible'],
    ['that changed no definition', { definitions: [] }, [], 'undo-impossible'],
    ['of healing', { kind: 'healed' }, [], 'undo-impossible'],
  ])('is refused for one %s', (_name, part, undone, kind) => {
    const { entry, after } = entryOf(fresh, [define(xml({}))]);
    const outcome = undoChanges({ ...entry, ...part }, undone, after);
    expect(outcome.ok ? undefined : outcome.failure.kind).toBe(kind);
  });
});
