import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from '../rig/run-tool.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { twoNics } from './sample-plans.ts';

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  rig.destroy();
});

/** What a helper says to its first apply. */
async function refusal() {
  const helper = await rig.open();
  const failure = expectFailure(await helper.apply(twoNics));
  await helper.close();
  expect(rig.listing()).toEqual([]);
  return failure;
}

describe("the helper's folders", () => {
  it('are made where there are none, for root alone', async () => {
    const helper = await rig.open();
    expectValue(await helper.apply(twoNics));
    await helper.close();
    const files = readdirSync(rig.stateDir, { recursive: true, encoding: 'utf8' });
    expect(files).toEqual(expect.arrayContaining(['filters', 'bindings', 'bindings/vnet0.xml', 'lock', 'ruleset.log']));
    // Nothing of the apply is left there, only the sign of what was healed, and what the keeper of its rules goes by.
    expect(readdirSync(rig.runDir)).toEqual(['healed', 'keeper']);
    for (const path of [rig.stateDir, ...files.map((file) => join(rig.stateDir, file)), join(rig.runDir, 'keeper')]) {
      const { mode, uid } = statSync(path);
      expect([path, mode & 0o077, uid]).toEqual([path, 0, 0]);
    }
  });

  it('are closed to others where they were open to read', async () => {
    mkdirSync(rig.stateDir, { mode: 0o755 });
    const helper = await rig.open();
    expectValue(await helper.read());
    await helper.close();
    expect(statSync(rig.stateDir).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['the state folder', () => rig.stateDir],
    ['the run folder', () => rig.runDir],
    ['the folder of filters', () => join(rig.stateDir, 'filters')],
    ['a folder above', () => dirname(rig.stateDir)],
  ])('are refused where others could write to %s', async (_, place) => {
    mkdirSync(place(), { recursive: true });
    chmodSync(place(), 0o770);
    expect(await refusal()).toMatchObject({
      kind: 'state-unsafe',
      message: expect.stringContaining('written to by others'),
    });
  });

  it('are refused where they belong to somebody else', async (context) => {
    mkdirSync(rig.stateDir);
    try {
      chownSync(rig.stateDir, 1234, 1234);
    } catch {
      context.skip('a user namespace of one user has nobody to give it to');
    }
    expect(await refusal()).toMatchObject({
      kind: 'state-unsafe',
      message: expect.stringContaining('belongs to uid 1234'),
    });
  });

  it.each([
    ['the state folder', () => rig.stateDir],
    ['the run folder', () => rig.runDir],
    ['the folder of bindings', () => join(rig.stateDir, 'bindings')],
  ])('are refused where %s is a link', async (_, place) => {
    const target = join(dirname(rig.stateDir), 'target');
    mkdirSync(target);
    mkdirSync(dirname(place()), { recursive: true });
    symlinkSync(target, place());
    expect(await refusal()).toMatchObject({ kind: 'state-unsafe', message: expect.stringContaining('symbolic link') });
    expect(readdirSync(target)).toEqual([]);
  });

  it.each(['lock', 'ruleset.log', 'ruleset.json'])('are refused where %s is a link to another file', async (file) => {
    const target = join(dirname(rig.stateDir), 'target');
    writeFileSync(target, 'precious');
    mkdirSync(rig.stateDir);
    symlinkSync(target, join(rig.stateDir, file));
    expect(await refusal()).toMatchObject({ kind: 'state-unusable', code: 'ELOOP' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  it("lose a link that stands in a definition's place, not what it leads to", async () => {
    const target = join(dirname(rig.stateDir), 'target');
    writeFileSync(target, 'precious');
    mkdirSync(join(rig.stateDir, 'bindings'), { recursive: true });
    symlinkSync(target, join(rig.stateDir, 'bindings', 'vnet0.xml'));
    const helper = await rig.open();
    expectValue(await helper.apply(twoNics));
    await helper.close();
    expect(readFileSync(target, 'utf8')).toBe('precious');
    expect(readFileSync(join(rig.stateDir, 'bindings', 'vnet0.xml'), 'utf8')).toBe('<filterbinding/>');
  });

  it('are refused when the log is damaged, with its path', async () => {
    mkdirSync(rig.stateDir);
    writeFileSync(join(rig.stateDir, 'ruleset.log'), 'nonsense\nnonsense\n');
    expect(await refusal()).toMatchObject({ kind: 'state-damaged', path: join(rig.stateDir, 'ruleset.log') });
  });
});

describe('the lock', () => {
  it('makes a second helper wait, and then say who holds it', async () => {
    mkdirSync(rig.stateDir, { mode: 0o700 });
    const path = join(rig.stateDir, 'lock');
    writeFileSync(path, 'a test\n', { mode: 0o600 });
    const fd = openSync(path, 'r');
    const holder = spawn('/usr/bin/flock', ['-x', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
    await new Promise((resolve) => holder.once('close', resolve));

    expect(await refusal()).toEqual({ kind: 'busy', holder: 'a test' });
    closeSync(fd);
    const helper = await rig.open();
    expectValue(await helper.read());
    await helper.close();
  });

  it('is let go when nothing is asked for, so that others need not wait for a session to end', async () => {
    const [first, second] = [await rig.open(), await rig.open()];
    expectValue(await first.read());
    expectValue(await second.read());
    expectValue(await first.apply(twoNics));
    expectValue(await second.read());
    await Promise.all([first.close(), second.close()]);
  });

  it('is not held by anything that a helper leaves behind', async () => {
    const dying = rig.openMeddled('loaded', 1, 'die');
    await dying.apply(twoNics);
    await dying.close();
    expect(() => runTool('/usr/bin/flock', ['-n', '-x', join(rig.stateDir, 'lock'), 'true'])).not.toThrow();
  });
});

describe('the helper', () => {
  it('writes down who asked for what', async () => {
    const helper = await rig.open();
    expectValue(await helper.apply(twoNics));
    await helper.apply(twoNics);
    await helper.close();
    const lines = readFileSync(join(rig.stateDir, 'requests.log'), 'utf8').trim().split('\n');
    const request = 'uid=0 caller=root method=apply plan=[0-9a-f]{32}';
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^\\S+Z ${request} verdict=done$`)),
      expect.stringMatching(new RegExp(`^\\S+Z ${request} verdict=stale$`)),
    ]);
  });

  it('does not touch a folder that it found unsafe, not even to write that down', async () => {
    mkdirSync(rig.stateDir);
    chmodSync(rig.stateDir, 0o777);
    expect(await refusal()).toMatchObject({ kind: 'state-unsafe' });
    expect(existsSync(join(rig.stateDir, 'requests.log'))).toBe(false);
    expect(readdirSync(rig.stateDir)).toEqual([]);
  });
});
