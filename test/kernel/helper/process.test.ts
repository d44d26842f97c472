import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFrameReader, encodeFrame } from '../../../shared/plan/frames.ts';
import type { HelperReply } from '../../../shared/plan/helper-protocol.ts';
import { createHelperRig, type HelperRig } from './helper-rig.ts';

const helper = fileURLToPath(new URL('../../../main/helper/helper.ts', import.meta.url));

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  rig.destroy();
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
  readonly replies: readonly HelperReply[];
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, inherited: readonly number[] = []) {
  const folders = { GUESTWARD_STATE_DIR: rig.stateDir, GUESTWARD_RUN_DIR: rig.runDir };
  return rig.namespace.run(() =>
    spawn(process.execPath, [helper, ...args], {
      stdio: ['pipe', 'pipe', 'pipe', ...inherited],
      env: { ...folders, ...env },
    }),
  ) as ChildProcessWithoutNullStreams;
}

async function end(child: ChildProcessWithoutNullStreams, input?: Uint8Array): Promise<Ended> {
  const reader = createFrameReader(1_000_000);
  const replies: HelperReply[] = [];
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => {
    for (const frame of reader.push(bytes) ?? []) replies.push(JSON.parse(new TextDecoder().decode(frame)));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const status = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  return { status: await status, stderr, replies };
}

const read = encodeFrame('{"id":7,"method":"read","params":{}}');

describe("the helper's process", () => {
  it('answers, and ends when its input ends', async () => {
    const { status, replies, stderr } = await end(start(['--stdio']), read);
    expect(status).toBe(0);
    expect(replies).toEqual([{ id: 7, ok: true, result: expect.objectContaining({ generation: 0 }) }]);
    expect(stderr).toMatch(/^<6>guestward-helper: uid=0 caller=root method=read verdict=done$/m);
  });

  it('ends without a word when nothing is asked', async () => {
    expect(await end(start(['--stdio']))).toMatchObject({ status: 0, replies: [], stderr: '' });
  });

  it('finishes what it was asked when nobody waits for the answer', async () => {
    const child = start(['--stdio']);
    child.stdout.destroy();
    expect(await end(child, read)).toMatchObject({ status: 0 });
    expect(readdirSync(rig.stateDir)).toContain('requests.log');
  });

  it('ends at a frame that is too long', async () => {
    const { status, replies } = await end(start(['--stdio']), Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0));
    expect([status, replies]).toEqual([
      0,
      [{ id: null, ok: false, failure: expect.objectContaining({ kind: 'bad-request' }) }],
    ]);
  });

  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['another argument', ['--help'], {}, 'usage'],
    ['no argument', [], {}, 'usage'],
    ['options for Node from a user', ['--stdio'], { SUDO_UID: '1000', NODE_OPTIONS: '--no-warnings' }, 'NODE_OPTIONS'],
    ['pkexec, but not by its own first line', ['--stdio'], { PKEXEC_UID: '1000' }, '--disallow-code-generation'],
    ['libraries from a user', ['--stdio'], { PKEXEC_UID: '1000', LD_LIBRARY_PATH: '/nowhere' }, 'LD_LIBRARY_PATH'],
  ])('refuses to start with %s', async (_, args, env, reason) => {
    const { status, stderr, replies } = await end(start(args, env), read);
    expect([status, replies]).toEqual([2, []]);
    expect(stderr).toContain(reason);
  });

  it('works in the folders of the system when a user has started it, whatever folders the user names', async () => {
    // /run and /var/lib of the test's own, where nothing else looks.
    const { replies } = await end(
      start(['--stdio-read'], { SUDO_UID: '1000' }),
      encodeFrame('{"id":1,"method":"restore","params":{}}'),
    );
    expect(replies).toEqual([
      { id: 1, ok: false, failure: { kind: 'not-allowed', method: 'restore', caller: 'sudo-read' } },
    ]);
    expect(readdirSync(join(rig.stateDir, '..'))).toEqual([]);
  });

  it('closes what it was handed beyond its input and outputs', async () => {
    const fd = openSync('/etc/hostname', 'r');
    const child = start(['--stdio'], {}, [fd, fd]);
    closeSync(fd);
    child.stdin.write(read);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const open = readdirSync(`/proc/${child.pid}/fd`).map((name) => readlinkSync(`/proc/${child.pid}/fd/${name}`));
    expect(open).not.toContain('/etc/hostname');
    await end(child);
  });
});
