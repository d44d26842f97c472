import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../main/engine/change.ts';
import type { Engine } from '../../../main/engine/engine.ts';
import { openEngine } from '../../../main/engine/open-engine.ts';
import { presentDevices } from '../../../main/machine/device-presence.ts';
import { runTool } from '../rig/run-tool.ts';

const bootId = '/proc/sys/kernel/random/boot_id';

const network = (name: string, net: string) =>
  `<network><name>${name}</name><forward mode='nat'/><bridge name='br-${name}'/>` +
  `<ip address='${net}.1' prefix='24'><dhcp><range start='${net}.100' end='${net}.120'/></dhcp></ip></network>`;
const define = (name: string, net: string): Change => ({
  change: 'define-network',
  text: network(name, net),
  file: 'given.xml',
});
const start = (name: string): Change => ({ change: 'start-network', network: name });
const destroy = (name: string): Change => ({ change: 'destroy-network', network: name });

/** The helpers of a run folder, without its keeper. */
function helpersOf(run: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return environment.includes(`GUESTWARD_RUN_DIR=${run}`) && args.includes('--stdio');
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('the engine, with a helper and a kernel', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guestward-engine-'));
    // dnsmasq runs as a user of its own, and reads its lists below.
    chmodSync(folder, 0o755);
  });

  afterEach(async () => {
    await withEngine(async (engine) => {
      // What starts by itself does so with the first change after the machine's start, be it that which takes it away.
      await engine.restore();
      const changes = [...engine.workspace.networks.values()].flatMap(({ name, live, persistent }): Change[] => [
        ...(live === undefined ? [] : [destroy(name)]),
        ...(persistent === undefined ? [] : [{ change: 'undefine-network', network: name } as const]),
      ]);
      await apply(engine, changes);
    });
    runTool('/usr/sbin/nft', ['flush', 'ruleset']);
    rmSync(folder, { recursive: true });
  });

  async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const environment = { GUESTWARD_STATE_DIR: join(folder, 'state'), GUESTWARD_RUN_DIR: join(folder, 'run') };
    const opened = await openEngine({ environment });
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    try {
      return await work(opened.value);
    } finally {
      await opened.value.close();
    }
  }

  async function apply(engine: Engine, changes: readonly Change[]) {
    const applied = await engine.apply(changes, { dryRun: false });
    if (!applied.ok) throw new Error(JSON.stringify(applied.failure));
    return applied.value;
  }

  const isThere = (device: string): boolean => presentDevices().has(device);
  const liveNames = (engine: Engine) =>
    [...engine.workspace.networks.values()].filter(({ live }) => live !== undefined).map(({ name }) => name);

  test('carries a network out, finds it again, changes nothing for nothing, and takes it away', async () => {
    await withEngine((engine) => apply(engine, [define('lab', '10.61.5'), start('lab')]));
    expect(isThere('br-lab')).toBe(true);
    await withEngine(async (engine) => {
      expect(liveNames(engine)).toEqual(['lab']);
      const text = network('lab', '10.61.5');
      const again = await apply(engine, [{ change: 'apply-live', network: 'lab', text, file: 'given.xml' }]);
      expect([again.plan.networks, again.plan.operations]).toEqual([undefined, []]);
      const states = await engine.networkStates();
      expect(states.ok && Object.keys(states.value)).toEqual(['lab']);
      await apply(engine, [destroy('lab')]);
    });
    expect(isThere('br-lab')).toBe(false);
  });

  test('plans once more on what another has changed meanwhile', async () => {
    await withEngine(async (first) => {
      await withEngine((second) => apply(second, [define('other', '10.62.5')]));
      await apply(first, [define('lab', '10.61.5')]);
      expect([...first.workspace.networks.keys()].sort()).toEqual(['lab', 'other']);
    });
  });

  test('writes down who changed what, and undoes it, and the undoing', async () => {
    await withEngine(async (engine) => {
      const made = await apply(engine, [define('lab', '10.61.5'), start('lab')]);
      expect(made.activity).toBe(1);
      const undone = await engine.undo(1, { dryRun: false });
      expect(undone.ok && [undone.value.title, undone.value.activity]).toEqual([
        'Undo: Define network lab and start network lab',
        2,
      ]);
      expect(isThere('br-lab')).toBe(false);
      const again = await engine.undo(1, { dryRun: false });
      expect(again.ok ? undefined : again.failure).toEqual({ kind: 'activity-undone', id: 1 });
      const redone = await engine.undo(2, { dryRun: false });
      expect(redone.ok).toBe(true);
      expect(isThere('br-lab')).toBe(true);
    });
    await withEngine(async (engine) => {
      const journal = await engine.journal(undefined, 2);
      if (!journal.ok) throw new Error(JSON.stringify(journal.failure));
      const { entries, more, undone } = journal.value;
      const shown = entries.map(({ id, kind, uid, through, undoes }) => [id, kind, uid, through, undoes]);
      expect(shown).toEqual([
        [3, 'undo', 0, 'command line', 2],
        [2, 'undo', 0, 'command line', 1],
      ]);
      expect([more, undone]).toEqual([true, [2]]);
      await apply(engine, [destroy('lab')]);
      const late = await engine.undo(3, { dryRun: false });
      expect(late.ok ? undefined : late.failure).toEqual({
        kind: 'undo-conflict',
        id: 3,
        definitions: ['started network lab'],
      });
    });
  });

  test('takes a change back that nobody confirms, though who made it has gone', async () => {
    await withEngine(async (engine) => {
      const changes = [define('lab', '10.61.5'), start('lab')];
      const applied = await engine.apply(changes, { dryRun: false, confirmWithin: 5 });
      expect(applied.ok && applied.value.confirmBefore).toBeGreaterThan(0);
    });
    await expect.poll(() => isThere('br-lab'), { timeout: 60_000, interval: 200 }).toBe(false);
    await withEngine(async (engine) => {
      expect(engine.workspace.networks.size).toBe(0);
      const journal = await engine.journal(undefined, 1);
      expect(journal.ok && journal.value.entries.map(({ kind, undoes }) => [kind, undoes])).toEqual([['reverted', 1]]);
      const late = await engine.confirm();
      expect(late.ok ? undefined : late.failure).toMatchObject({ kind: 'helper', code: 'nothing-waits' });
    });
  });

  test('takes back, by the next helper, what one that was killed had left', async () => {
    await withEngine(async (engine) => {
      const changes = [define('lab', '10.61.5'), start('lab')];
      await engine.apply(changes, { dryRun: false, confirmWithin: 5 });
    });
    for (const pid of helpersOf(join(folder, 'run'))) process.kill(pid, 'SIGKILL');
    const names = () => withEngine(async (engine) => [...engine.workspace.networks.keys()]);
    await expect.poll(names, { timeout: 60_000, interval: 500 }).toEqual([]);
    expect(isThere('br-lab')).toBe(false);
  });

  test('keeps a change that somebody else confirms, and takes no other before', async () => {
    await withEngine(async (first) => {
      await first.apply([define('lab', '10.61.5')], { dryRun: false, confirmWithin: 600 });
      await withEngine(async (second) => {
        const other = await second.apply([define('other', '10.62.5')], { dryRun: false });
        expect(other.ok ? undefined : other.failure).toMatchObject({ kind: 'helper', code: 'awaits-confirmation' });
        const confirmed = await second.confirm();
        expect(confirmed.ok && confirmed.value).toEqual({ activity: 1, title: 'Define network lab' });
        await apply(second, [define('other', '10.62.5')]);
      });
    });
    await expect.poll(() => helpersOf(join(folder, 'run')), { timeout: 60_000, interval: 200 }).toEqual([]);
    await withEngine(async (engine) => expect([...engine.workspace.networks.keys()].sort()).toEqual(['lab', 'other']));
  });

  test('leaves nothing behind of a start that is refused', async () => {
    runTool('/sbin/ip', ['link', 'add', 'name', 'gwtest0', 'type', 'bridge']);
    runTool('/sbin/ip', ['addr', 'add', '10.61.5.9/24', 'dev', 'gwtest0']);
    await withEngine(async (engine) => {
      const outcome = await engine.apply([define('lab', '10.61.5'), start('lab')], { dryRun: false });
      expect(outcome.ok ? undefined : outcome.failure).toMatchObject({
        kind: 'subnet-taken',
        overlaps: [{ rival: { kind: 'address', device: 'gwtest0', link: 'bridge' } }],
      });
      expect(engine.workspace.networks.size).toBe(0);
    });
    runTool('/sbin/ip', ['link', 'delete', 'dev', 'gwtest0']);
    expect(isThere('br-lab')).toBe(false);
  });

  test('starts again, after the machine has, the networks that are to start with it', async () => {
    await withEngine((engine) =>
      apply(engine, [
        define('lab', '10.61.5'),
        define('auto', '10.62.5'),
        start('lab'),
        start('auto'),
        { change: 'autostart-network', network: 'auto', autostart: true },
      ]),
    );
    for (const device of ['br-lab', 'br-auto']) runTool('/sbin/ip', ['link', 'delete', 'dev', device]);
    runTool('/usr/sbin/nft', ['flush', 'ruleset']);
    const other = join(folder, 'boot-id');
    writeFileSync(other, '00000000-0000-4000-8000-000000000000\n');
    runTool('/bin/mount', ['--bind', other, bootId]);
    try {
      await withEngine(async (engine) => {
        expect(liveNames(engine)).toEqual([]);
        const restored = await engine.restore();
        expect(restored.ok && restored.value.warnings).toEqual([]);
        expect(liveNames(engine)).toEqual(['auto']);
      });
      expect([isThere('br-auto'), isThere('br-lab')]).toEqual([true, false]);
      await withEngine(async (engine) => {
        expect(liveNames(engine)).toEqual(['auto']);
        await apply(engine, [destroy('auto')]);
      });
      expect(isThere('br-auto')).toBe(false);
    } finally {
      runTool('/bin/umount', [bootId]);
    }
  });
});
