import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyStep } from '../../../main/helper/step.ts';
import type { HelperReading } from '../../../shared/plan/helper-protocol.ts';
import { runTool } from '../rig/run-tool.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { changedNics, noNics, oneMoreNic, twoNics } from './sample-plans.ts';

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  rig.destroy();
});

/** All that a plan can change: the rules, the settings of br_netfilter, and the definitions. */
interface World {
  readonly rules: readonly string[];
  readonly settings: readonly string[];
  readonly definitions: object;
}

async function lookAt(of: HelperRig): Promise<World> {
  const helper = await of.open();
  const reading = expectValue(await helper.read());
  await helper.close();
  return worldOf(of, reading);
}

function worldOf(of: HelperRig, { filters, bindings }: HelperReading): World {
  const settings = ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables'];
  return {
    rules: of.listing(),
    settings: of.namespace.run(() =>
      settings.map((name) => readFileSync(`/proc/sys/net/bridge/${name}`, 'utf8').trim()),
    ),
    definitions: { filters, bindings },
  };
}

function switchSettingsOff(of: HelperRig): void {
  of.namespace.run(() => {
    for (const name of ['iptables', 'ip6tables'])
      runTool('/usr/sbin/sysctl', ['-qw', `net.bridge.bridge-nf-call-${name}=0`]);
  });
}

/** What stands before and after the change in which helpers are going to die. */
async function oldAndNew(): Promise<readonly [World, World]> {
  const other = createHelperRig();
  try {
    switchSettingsOff(other);
    const helper = await other.open();
    expectValue(await helper.apply(twoNics));
    const old = worldOf(other, expectValue(await helper.read()));
    expectValue(await helper.apply(changedNics));
    const changed = worldOf(other, expectValue(await helper.read()));
    await helper.close();
    return [old, changed];
  } finally {
    other.destroy();
  }
}

/** Lets a helper die while it applies `changedNics`, and returns what the next one finds. */
async function dieAndRecover(step: ApplyStep, deed: 'die' | 'die-soon') {
  switchSettingsOff(rig);
  const dying = rig.openMeddled(step, 2, deed);
  expectValue(await dying.apply(twoNics));
  const outcome = await dying.apply(changedNics);
  await dying.close();
  const next = await rig.open();
  const reading = expectValue(await next.read());
  const found = worldOf(rig, reading);
  expect(expectValue(await next.apply(oneMoreNic(reading.generation, 'vnet5')))).toMatchObject({
    generation: reading.generation + 1,
  });
  await next.close();
  return { outcome, reading, found };
}

describe('a helper that is killed', () => {
  let old: World;
  let changed: World;

  beforeAll(async () => {
    [old, changed] = await oldAndNew();
  });

  it.each<readonly [ApplyStep, 'old' | 'new', 'dropped' | 'finished' | undefined]>([
    ['checked', 'old', undefined],
    ['intent-written', 'old', 'dropped'],
    ['packets-shown', 'old', 'dropped'],
    ['loaded', 'new', 'finished'],
    ['read-back', 'new', 'finished'],
    ['settings-put-back', 'new', 'finished'],
    ['done-written', 'new', undefined],
    ['filed', 'new', undefined],
  ])(
    'after "%s" leaves the %s rules, settings and definitions, and the next one knows',
    async (step, which, recovered) => {
      const { outcome, reading, found } = await dieAndRecover(step, 'die');
      // The last step comes after the reply.
      expect(outcome.ok ? 'done' : outcome.failure.kind).toBe(step === 'filed' ? 'done' : 'helper-died');
      expect(found).toEqual(which === 'old' ? old : changed);
      expect(reading).toMatchObject({ status: 'current', generation: which === 'old' ? 1 : 2 });
      expect(reading.recovered).toBe(recovered);
      expect(Object.keys(reading.bindings)).toEqual(which === 'old' ? ['vnet0', 'vnet1'] : ['vnet0', 'vnet2']);
    },
  );

  it('at any moment of the transaction leaves the old or the new, and the next one knows which', async () => {
    for (let round = 0; round < 5; round += 1) {
      rig.destroy();
      rig = createHelperRig();
      const { reading, found } = await dieAndRecover('intent-written', 'die-soon');
      expect(reading.status).toBe('current');
      expect(found).toEqual(reading.generation === 1 ? old : changed);
    }
  });

  it('before its first apply was done leaves nothing', async () => {
    const dying = rig.openMeddled('packets-shown', 1, 'die');
    await dying.apply(twoNics);
    await dying.close();
    const next = await rig.open();
    expect(expectValue(await next.read())).toMatchObject({
      status: 'empty',
      generation: 0,
      recovered: 'dropped',
      bindings: {},
    });
    await next.close();
    expect(rig.listing()).toEqual([]);
  });
});

describe('a helper that is killed while it takes the last rules away', () => {
  const steps = ['checked', 'intent-written', 'packets-shown', 'loaded', 'read-back', 'done-written', 'filed'] as const;

  it.each(steps)('after "%s" leaves all of them or nothing, and the next one knows', async (step) => {
    const dying = rig.openMeddled(step, 2, 'die');
    expectValue(await dying.apply(twoNics));
    const standing = rig.listing();
    await dying.apply(noNics(1));
    await dying.close();
    const next = await rig.open();
    const isOld = ['checked', 'intent-written', 'packets-shown'].includes(step);
    expect(expectValue(await next.read())).toMatchObject(
      isOld
        ? { status: 'current', generation: 1, bindings: { vnet0: '<filterbinding/>' } }
        : { status: 'empty', generation: 2, bindings: {} },
    );
    expect(rig.listing()).toEqual(isOld ? standing : []);
    expectValue(await next.apply(isOld ? noNics(1) : { ...twoNics, base: 2 }));
    await next.close();
  });

  it('at any moment of the transaction leaves all of them or nothing', async () => {
    const dying = rig.openMeddled('intent-written', 2, 'die-soon');
    expectValue(await dying.apply(twoNics));
    const standing = rig.listing();
    await dying.apply(noNics(1));
    await dying.close();
    const next = await rig.open();
    const { status } = expectValue(await next.read());
    expect(rig.listing()).toEqual(status === 'current' ? standing : []);
    await next.close();
  });
});

describe('tables that are flushed in the middle of an apply', () => {
  it.each<readonly [string, ApplyStep, string]>([
    ['before the transaction, which then finds nothing to build on,', 'packets-shown', 'kernel-refused'],
    ['after it', 'loaded', 'not-in-force'],
  ])('%s come back as they were before', async (_, step, kind) => {
    const meddled = rig.openMeddled(step, 2, 'flush-ruleset');
    expectValue(await meddled.apply(twoNics));
    const before = await lookAt(rig);
    expect(expectFailure(await meddled.apply(oneMoreNic(1, 'vnet3')))).toMatchObject({ kind });
    expect(await lookAt(rig)).toEqual(before);
    expect(expectValue(await meddled.apply(oneMoreNic(1, 'vnet3')))).toMatchObject({ generation: 2 });
    await meddled.close();
  });

  it('come back also where the transaction could stand alone', async () => {
    const meddled = rig.openMeddled('packets-shown', 2, 'flush-ruleset');
    expectValue(await meddled.apply(twoNics));
    const before = await lookAt(rig);
    const alone = {
      ...twoNics,
      base: 1,
      definitions: [],
      operations: [{ op: 'add-chain' as const, family: 'inet' as const, chain: 'alone', content: { rules: [] } }],
    };
    expect(expectFailure(await meddled.apply(alone))).toMatchObject({ kind: 'not-in-force' });
    expect(await lookAt(rig)).toEqual(before);
    await meddled.close();
  });
});

describe('a log that fails', () => {
  it('when the transaction is loaded has it taken back', async () => {
    const meddled = rig.openMeddled('read-back', 2, 'break-log');
    expectValue(await meddled.apply(twoNics));
    const before = await lookAt(rig);
    expect(expectFailure(await meddled.apply(changedNics))).toMatchObject({ kind: 'state-unusable', code: 'EISDIR' });
    expect(rig.listing()).toEqual(before.rules);
    await meddled.close();

    rmdirSync(join(rig.stateDir, 'ruleset.log'));
    renameSync(join(rig.stateDir, 'ruleset.away'), join(rig.stateDir, 'ruleset.log'));
    const next = await rig.open();
    expect(expectValue(await next.read())).toMatchObject({ generation: 1, status: 'current', recovered: 'dropped' });
    await next.close();
    expect(await lookAt(rig)).toEqual(before);
  });
});

describe('a disk that is full', () => {
  beforeEach(() => {
    mkdirSync(rig.stateDir, { recursive: true });
    runTool('/bin/mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=0700', 'guestward-test', rig.stateDir]);
  });

  afterEach(() => {
    runTool('/bin/umount', [rig.stateDir]);
  });

  it('when the intent is to be written leaves what was in force', async () => {
    const meddled = rig.openMeddled('checked', 2, 'fill-disk');
    expectValue(await meddled.apply(twoNics));
    const before = await lookAt(rig);
    // Larger than what is left of the log's last page.
    const definitions = [{ kind: 'binding', name: 'vnet3', text: 'x'.repeat(60_000) } as const];
    const failure = expectFailure(await meddled.apply({ ...oneMoreNic(1, 'vnet3'), definitions }));
    expect(await lookAt(rig)).toEqual(before);
    expect(failure).toMatchObject({ kind: 'state-unusable', code: 'ENOSPC' });
    await meddled.close();
  });

  it('after "done-written" keeps the new, with its definitions, and files them when there is room', async () => {
    const meddled = rig.openMeddled('done-written', 2, 'fill-disk');
    expectValue(await meddled.apply(twoNics));
    expect(expectValue(await meddled.apply(oneMoreNic(1, 'vnet3')))).toMatchObject({ generation: 2 });
    expect(Object.keys(expectValue(await meddled.read()).bindings)).toEqual(['vnet0', 'vnet1', 'vnet3']);
    await meddled.close();
    expect(readdirSync(join(rig.stateDir, 'bindings'))).not.toContain('vnet3.xml');
    for (const file of readdirSync(rig.stateDir))
      if (file.startsWith('filling')) runTool('/bin/rm', [join(rig.stateDir, file)]);
    const next = await rig.open();
    expect(expectValue(await next.read())).toMatchObject({ generation: 2, status: 'current' });
    await next.close();
    expect(readdirSync(join(rig.stateDir, 'bindings'))).toContain('vnet3.xml');
  });
});
