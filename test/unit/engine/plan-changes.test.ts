import { describe, expect, test } from 'vitest';
import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Change } from '../../../main/engine/change.ts';
import type { EngineFailure } from '../../../main/engine/failure.ts';
import { planChanges } from '../../../main/engine/plan-changes.ts';
import { loadStockFilters } from '../../../main/engine/stock-filters.ts';
import type { Workspace } from '../../../main/engine/workspace.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';

const stock = loadStockFilters();
const abilities = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };
const fresh: Workspace = {
  filters: stock,
  bindings: new Map(),
  networks: new Map(),
  ports: new Map(),
  setups: {},
  ruleset: emptyRuleset,
  generation: 0,
  abilities,
};
const madeUuid = '11111111-2222-3333-4444-555555555555';

const plan = (workspace: Workspace, ...changes: readonly Change[]) =>
  planChanges(workspace, changes, nftablesBackend, stock, () => madeUuid);

/** The workspace after changes that must succeed. */
function changed(workspace: Workspace, ...changes: readonly Change[]): Workspace {
  const planned = plan(workspace, ...changes);
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure, (_, value) => (value instanceof Map ? [] : value)));
  return planned.value.workspace;
}

function failureOf(workspace: Workspace, ...changes: readonly Change[]): EngineFailure {
  const planned = plan(workspace, ...changes);
  if (planned.ok) throw new Error('the changes were taken');
  return planned.failure;
}

const define = (text: string): Change => ({ change: 'define-filter', text, file: 'given.xml' });
const undefine = (nameOrUuid: string): Change => ({ change: 'undefine-filter', nameOrUuid });
const bind = (device: string, filter: string, parameters: Record<string, string[]> = {}, replace = false): Change => ({
  change: 'bind',
  replace,
  binding: {
    device,
    filter,
    mac: 0x525400000001n,
    parameters,
    span: { file: 'test', line: 1, column: 1, length: 0 },
  },
});
const unbind = (device: string): Change => ({ change: 'delete-binding', device });

const dropSmtp =
  "<filter name='no-smtp'>\n  <rule action='drop' direction='out'><tcp dstportstart='25'/></rule>\n</filter>";
const withUuid = (uuid: string) => `<filter name='no-smtp'><uuid>${uuid}</uuid></filter>`;
const otherUuid = '99999999-8888-7777-6666-555555555555';

describe('a filter that is defined', () => {
  test('keeps its text, and gets a uuid once, on the line of its start tag', () => {
    const { filters } = changed(fresh, define(dropSmtp));
    expect(filters.get('no-smtp')?.text).toBe(dropSmtp.replace("'no-smtp'>", `'no-smtp'><uuid>${madeUuid}</uuid>`));
  });

  test('keeps its uuid when it is redefined without one', () => {
    const first = changed(fresh, define(withUuid(otherUuid)));
    expect(changed(first, define(dropSmtp)).filters.get('no-smtp')?.document.uuid).toBe(otherUuid);
  });

  test('cannot change its uuid', () => {
    const first = changed(fresh, define(withUuid(otherUuid)));
    expect(failureOf(first, define(withUuid(madeUuid)))).toEqual({
      kind: 'uuid-mismatch',
      name: 'no-smtp',
      stored: otherUuid,
      given: madeUuid,
    });
  });

  test('cannot take the uuid of another', () => {
    const first = changed(fresh, define(withUuid(otherUuid)));
    const taken = define(`<filter name='another'><uuid>${otherUuid}</uuid></filter>`);
    expect(failureOf(first, taken)).toEqual({ kind: 'uuid-taken', uuid: otherUuid, by: 'no-smtp' });
  });

  test('may refer to one that is not there yet', () => {
    const later = "<filter name='early'><filterref filter='later'/></filter>";
    expect(changed(fresh, define(later)).filters.has('early')).toBe(true);
  });

  test('may not close a loop', () => {
    const first = changed(fresh, define("<filter name='a'><filterref filter='b'/></filter>"));
    expect(failureOf(first, define("<filter name='b'><filterref filter='a'/></filter>"))).toMatchObject({
      kind: 'diagnostics',
      diagnostics: [{ code: 'reference-loop', message: 'The references form a loop: b -> a -> b.' }],
    });
  });

  test('is refused with all its findings and its text', () => {
    const bad = "<filter name='bad'><rule action='dorp' direction='out'><tcp dstportstart='x'/></rule></filter>";
    const failure = failureOf(fresh, define(bad));
    expect(failure).toMatchObject({ kind: 'diagnostics', devices: [] });
    expect(failure.kind === 'diagnostics' && failure.diagnostics.length).toBe(2);
    expect(failure.kind === 'diagnostics' && failure.sources.get('given.xml')).toBe(bad);
  });
});

describe('a filter that is undefined', () => {
  const bound = changed(fresh, define(dropSmtp), bind('vnet0', 'no-smtp'));
  const referred = changed(
    fresh,
    define(dropSmtp),
    define("<filter name='top'><filterref filter='no-smtp'/></filter>"),
  );
  const redefined = changed(fresh, define("<filter name='allow-arp'/>"));

  test.each<[string, Workspace, string, EngineFailure]>([
    ['is not there', fresh, 'nope', { kind: 'filter-not-found', name: 'nope' }],
    ['is bound', bound, 'no-smtp', { kind: 'filter-in-use', name: 'no-smtp', devices: ['vnet0'], filters: [] }],
    ['is referred to', referred, 'no-smtp', { kind: 'filter-in-use', name: 'no-smtp', devices: [], filters: ['top'] }],
    ['is a stock filter', fresh, 'allow-arp', { kind: 'stock-filter', name: 'allow-arp' }],
  ])('stays when it %s', (_, workspace, name, failure) => {
    expect(failureOf(workspace, undefine(name))).toEqual(failure);
  });

  test('goes by its uuid too', () => {
    expect(changed(changed(fresh, define(dropSmtp)), undefine(madeUuid.toUpperCase())).filters.has('no-smtp')).toBe(
      false,
    );
  });

  test('gives way to the stock filter of its name', () => {
    expect(redefined.filters.get('allow-arp')?.stock).toBe(false);
    expect(changed(redefined, undefine('allow-arp')).filters.get('allow-arp')).toBe(stock.get('allow-arp'));
  });
});

describe('a NIC that is bound', () => {
  test('has rules, and none are left when it is unbound', () => {
    const bound = changed(fresh, bind('vnet0', 'clean-traffic', { IP: ['10.0.0.1'] }));
    expect(Object.keys(bound.ruleset.bridge.chains)).not.toEqual([]);
    expect(changed(bound, unbind('vnet0')).ruleset).toEqual(emptyRuleset);
  });

  test('shares its rules with one that differs in its own values', () => {
    const one = changed(fresh, bind('vnet0', 'clean-traffic', { IP: ['10.0.0.1'] }));
    const two = changed(one, bind('vnet1', 'clean-traffic', { IP: ['10.0.0.2'] }));
    expect(two.ruleset.bridge.chains).toEqual(one.ruleset.bridge.chains);
  });

  test.each<[string, Workspace, Change, Partial<EngineFailure>]>([
    ['twice', changed(fresh, bind('vnet0', 'allow-arp')), bind('vnet0', 'allow-arp'), { kind: 'binding-exists' }],
    ['to no filter', fresh, bind('vnet0', 'nope'), { kind: 'filter-not-found' }],
    [
      'without the address it needs',
      fresh,
      bind('vnet0', 'clean-traffic'),
      { kind: 'diagnostics', devices: ['vnet0'] },
    ],
  ])('is refused %s', (_, workspace, change, failure) => {
    expect(failureOf(workspace, change)).toMatchObject(failure);
  });

  test('replaces its binding when asked to', () => {
    const bound = changed(fresh, bind('vnet0', 'allow-arp'));
    expect(changed(bound, bind('vnet0', 'allow-ipv4', {}, true)).bindings.get('vnet0')?.binding.filter).toBe(
      'allow-ipv4',
    );
  });

  test('is not there to be unbound', () => {
    expect(failureOf(fresh, unbind('vnet9'))).toEqual({ kind: 'binding-not-found', device: 'vnet9' });
  });
});

describe('a redefinition', () => {
  const users = changed(
    fresh,
    define(dropSmtp),
    bind('vnet0', 'no-smtp', { PORT: ['25'] }),
    bind('vnet1', 'no-smtp'),
    bind('vnet2', 'no-smtp'),
  );

  test('changes every NIC that uses the filter, in one plan', () => {
    const planned = plan(users, define(dropSmtp.replace('25', '2525')));
    if (!planned.ok) throw new Error('refused');
    const moved = planned.value.plan.operations.flatMap((operation) =>
      operation.op === 'add-elements' && operation.set.startsWith('packets_') ? operation.elements : [],
    );
    expect(new Set(moved.map(({ port }) => port)).size).toBe(3);
  });

  test('changes none when some cannot take it, and names all of those', () => {
    const failure = failureOf(users, define(dropSmtp.replace("'25'", "'$PORT'")));
    expect(failure).toMatchObject({ kind: 'diagnostics', devices: ['vnet1', 'vnet2'] });
  });

  test('that changes nothing has nothing to do in the kernel', () => {
    const planned = plan(users, define(dropSmtp));
    expect(planned.ok && planned.value.plan.operations).toEqual([]);
  });
});
