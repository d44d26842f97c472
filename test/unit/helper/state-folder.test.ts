import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDefinitions } from '../../../main/helper/definition-files.ts';
import type { Intent } from '../../../main/helper/log-entry.ts';
import { appendToRootFile, readRootFile, replaceRootFile } from '../../../main/helper/root-file.ts';
import { openStore, type Store } from '../../../main/helper/store.ts';
import type { DefinitionChange, Operation } from '../../../shared/plan/plan.ts';

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'guestward-'));
  for (const folder of ['filters', 'bindings', 'networks', 'live-networks', 'ports']) mkdirSync(join(state, folder));
});

afterEach(() => {
  rmSync(state, { recursive: true });
});

function open(): Store {
  const opened = openStore(state);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

function intentOf(
  generation: number,
  operations: readonly Operation[] = [],
  definitions: readonly DefinitionChange[] = [],
): Intent {
  const plan = { operations: [...operations], definitions: [...definitions], bridgeNetfilter: true };
  return { generation, boot: 'b', marker: `${generation} abc`, plan, sysctls: { boot: 'b', values: { a: '0' } } };
}

const addSet = (set: string): Operation => ({
  op: 'add-set',
  family: 'bridge',
  set,
  definition: { kind: 'values', key: 'ifname', fields: ['ip saddr'] },
});

const bindingOf = (name: string, text: string | null): DefinitionChange => ({ kind: 'binding', name, text });

describe('the store', () => {
  it('knows of nothing at first', () => {
    const { inForce, pending, plans, shape } = open();
    expect(inForce).toMatchObject({ generation: 0, marker: null, bridgeNetfilter: false, sysctls: null });
    expect([pending, plans, shape.bridge.sets.size]).toEqual([null, [], 0]);
  });

  it('knows what was begun, and after that what was done or dropped', () => {
    const first = open();
    first.intend(intentOf(1, [addSet('a')]));
    expect(open().pending).toEqual(intentOf(1, [addSet('a')]));

    first.done();
    const second = open();
    expect(second.inForce).toMatchObject({ generation: 1, marker: '1 abc', bridgeNetfilter: true });
    expect(second.inForce.sysctls).toEqual({ boot: 'b', values: { a: '0' } });
    expect([...second.shape.bridge.sets.keys()]).toEqual(['a']);
    expect(second.ruleset()).toEqual(first.ruleset());

    second.intend(intentOf(2, [addSet('b')]));
    second.drop();
    expect(open()).toMatchObject({ pending: null, inForce: { generation: 1 } });
    expect([...open().shape.bridge.sets.keys()]).toEqual(['a']);
  });

  it('keeps settings that were taken hold of without a plan', () => {
    open().hold({ boot: 'c', values: {} }, { boot: 'd', values: {} }, false);
    expect(open().inForce).toMatchObject({ sysctls: { boot: 'c' }, forwarding: { boot: 'd' }, boot: null });
  });

  it('knows in which boot everything was brought back', () => {
    open().hold(null, null, true);
    expect(open().inForce.boot).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('files definitions that were done, also those that a crash kept it from filing', () => {
    const store = open();
    store.intend(intentOf(1, [], [bindingOf('vnet0', '<a/>'), { kind: 'filter', name: 'x/y', text: '<f/>' }]));
    store.fileDefinitions();
    expect(existsSync(join(state, 'bindings', 'vnet0.xml'))).toBe(false);
    store.done();

    open().fileDefinitions();
    expect(readFileSync(join(state, 'bindings', 'vnet0.xml'), 'utf8')).toBe('<a/>');
    expect(readFileSync(join(state, 'filters', 'x%2Fy.xml'), 'utf8')).toBe('<f/>');

    const next = open();
    next.intend(intentOf(2, [], [bindingOf('vnet0', null)]));
    next.done();
    next.fileDefinitions();
    expect(existsSync(join(state, 'bindings', 'vnet0.xml'))).toBe(false);
  });

  it('writes files again after a crash of the machine, for they were not yet sure to be on the disk', () => {
    const store = open();
    store.intend(intentOf(1, [], [bindingOf('vnet0', '<a/>')]));
    store.done();
    store.fileDefinitions();
    writeFileSync(join(state, 'bindings', 'vnet0.xml'), '');
    const log = readFileSync(join(state, 'ruleset.log'), 'utf8').split('\n');
    writeFileSync(join(state, 'ruleset.log'), `${log.slice(0, -2).join('\n')}\n`);

    open().fileDefinitions();
    expect(readFileSync(join(state, 'bindings', 'vnet0.xml'), 'utf8')).toBe('<a/>');
  });

  it('reads definitions as they will be, filed or not', () => {
    const changes = [bindingOf('b', 'new'), bindingOf('a', null), { kind: 'filter', name: 'f', text: '' } as const];
    writeFileSync(join(state, 'bindings', 'a.xml'), 'old');
    writeFileSync(join(state, 'bindings', 'b.xml'), 'old');
    writeFileSync(join(state, 'bindings', 'README'), 'not a definition');
    expect(readDefinitions(state, changes)).toMatchObject({
      filter: new Map([['f', '']]),
      binding: new Map([['b', 'new']]),
    });
  });

  it('puts a snapshot in the place of a long log, and forgets nothing by it', () => {
    const store = open();
    const operations = Array.from({ length: 700 }, (_, index) => addSet(`set_${index}`));
    store.intend(intentOf(1, operations, [bindingOf('vnet0', '<a/>')]));
    store.done();
    store.compact();
    expect(statSync(join(state, 'ruleset.log')).size).toBeGreaterThan(0);
    store.fileDefinitions();
    store.compact();
    expect(statSync(join(state, 'ruleset.log')).size).toBe(0);

    const after = open();
    expect(after.inForce).toEqual(store.inForce);
    expect(after.ruleset()).toEqual(store.ruleset());
    expect(after.shape).toEqual(store.shape);
    expect([after.plans, after.changes]).toEqual([[], []]);
    expect(readDefinitions(state, after.changes).binding).toEqual(new Map([['vnet0', '<a/>']]));
  });

  it('does not do again what the snapshot holds, when a crash kept it from emptying the log', () => {
    const store = open();
    store.intend(
      intentOf(
        1,
        Array.from({ length: 700 }, (_, index) => addSet(`set_${index}`)),
      ),
    );
    store.done();
    const log = readFileSync(join(state, 'ruleset.log'));
    store.compact();
    writeFileSync(join(state, 'ruleset.log'), log);
    expect(open()).toMatchObject({ plans: [], pending: null, inForce: { generation: 1 } });
  });

  it('notices what another helper has done', () => {
    const [mine, other] = [open(), open()];
    expect(mine.isUpToDate()).toBe(true);
    other.intend(intentOf(1));
    expect(mine.isUpToDate()).toBe(false);
    expect(other.isUpToDate()).toBe(true);
  });
});

describe('the log', () => {
  function logOf(...generations: readonly number[]): string {
    for (const generation of generations) {
      const store = open();
      store.intend(intentOf(generation));
      store.done();
    }
    return readFileSync(join(state, 'ruleset.log'), 'utf8');
  }

  it('loses a last line that a crash has cut short, wherever it was cut', () => {
    const log = logOf(1);
    const [intentLine = ''] = log.split('\n');
    for (let bytes = 0; bytes <= log.length; bytes += 7) {
      writeFileSync(join(state, 'ruleset.log'), log.slice(0, bytes));
      const { pending, inForce } = open();
      expect(inForce.generation).toBe(0);
      expect(pending === null).toBe(bytes <= intentLine.length);
      // What follows is a line of its own again.
      expect(open().pending).toEqual(pending);
    }
  });

  it('is refused when a line in it is damaged', () => {
    const log = logOf(1, 2);
    writeFileSync(join(state, 'ruleset.log'), log.replace('"generation":1', '"generation":7'));
    expect(openStore(state)).toMatchObject({ ok: false, failure: { kind: 'state-damaged' } });
  });

  it('is refused when the snapshot is damaged', () => {
    writeFileSync(join(state, 'ruleset.json'), '{}\n');
    expect(openStore(state)).toMatchObject({ ok: false, failure: { kind: 'state-damaged' } });
  });
});

describe("a file of root's", () => {
  it('is never a link', () => {
    const path = join(state, 'file');
    writeFileSync(join(state, 'target'), 'kept');
    symlinkSync(join(state, 'target'), path);
    expect(() => readRootFile(path)).toThrow('ELOOP');
    expect(() => appendToRootFile(path, 'x', { durable: true })).toThrow('ELOOP');
    replaceRootFile(path, 'new', { durable: true });
    expect(readFileSync(join(state, 'target'), 'utf8')).toBe('kept');
    expect(readRootFile(path)).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not written through a link that stands in the place of its temporary file', () => {
    const path = join(state, 'file');
    writeFileSync(join(state, 'target'), 'kept');
    symlinkSync(join(state, 'target'), `${path}.new`);
    replaceRootFile(path, 'new', { durable: false });
    expect(readFileSync(join(state, 'target'), 'utf8')).toBe('kept');
    expect(readRootFile(path)).toBe('new');
  });

  it('is nothing where there is none', () => {
    expect(readRootFile(join(state, 'none'))).toBeUndefined();
  });
});
