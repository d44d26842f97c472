import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findHelper, type HelperHost, installedHelper } from '../../../main/engine/find-helper.ts';

const bundled = '/opt/guestward/build/dist';
const files = { bundle: `${bundled}/helper.mjs`, pkexec: '/usr/bin/pkexec', sudo: '/usr/bin/sudo' };

/** A machine on which these files exist, all of them root's, but for those named in `look`. */
function hostWith(
  uid: number,
  present: readonly string[],
  look: Readonly<Record<string, Partial<ReturnType<HelperHost['look']>>>> = {},
): HelperHost {
  return {
    uid,
    node: '/usr/bin/node',
    env: {
      DISPLAY: ':0',
      TERM: 'xterm',
      NODE_OPTIONS: '--inspect',
      LD_PRELOAD: '/tmp/x.so',
      GUESTWARD_STATE_DIR: '/tmp',
    },
    here: bundled,
    exists: (path) => present.includes(path),
    look: (path) => ({ uid: 0, mode: 0o755, isLink: false, ...look[path] }),
  };
}

function found(host: HelperHost, options: Parameters<typeof findHelper>[0] = {}) {
  const command = findHelper(options, host);
  if (!command.ok) throw new Error(JSON.stringify(command.failure));
  return command.value;
}

const flags = [
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--max-semi-space-size=1',
  '--no-warnings',
];

describe('the way to root', () => {
  it('is straight for root, with its folders and nothing else of its environment', () => {
    const { program, args, env } = found(hostWith(0, [files.bundle]), { stateDir: '/s', runDir: '/r' });
    expect([program, ...args]).toEqual(['/usr/bin/node', ...flags, files.bundle, '--stdio']);
    expect(env).toEqual({ GUESTWARD_STATE_DIR: '/s', GUESTWARD_RUN_DIR: '/r' });
  });

  it('leads from sources to what was built of them', () => {
    const host = { ...hostWith(0, [files.bundle]), here: '/opt/guestward/main/engine' };
    expect(found(host).args).toContain(files.bundle);
  });

  it("takes the checkout's own Node where there is one", () => {
    const node = '/opt/guestward/node_modules/.bin/node';
    expect(found(hostWith(0, [files.bundle, node])).program).toBe(node);
  });

  it('goes through pkexec to the installed helper, for reading or for everything', () => {
    const host = hostWith(1000, [files.bundle, files.pkexec, files.sudo, installedHelper]);
    const { program, args, env } = found(host, { stateDir: '/s' });
    expect([program, ...args]).toEqual([files.pkexec, installedHelper, '--stdio']);
    expect(env).toEqual({ DISPLAY: ':0', TERM: 'xterm' });
    expect(found(host, { readOnly: true }).args).toEqual([installedHelper, '--stdio-read']);
  });

  it("goes through sudo to a checkout's helper, and says so", () => {
    const said: string[] = [];
    const { program, args, env } = found(hostWith(1000, [files.bundle, files.sudo]), {
      explain: (text) => said.push(text),
    });
    expect([program, ...args]).toEqual([files.sudo, '--', '/usr/bin/node', ...flags, files.bundle, '--stdio']);
    expect(env).toEqual({ DISPLAY: ':0', TERM: 'xterm' });
    expect(said.join()).toContain(files.bundle);
  });

  it('goes through sudo to the installed helper where there is no pkexec', () => {
    const { args } = found(hostWith(1000, [files.sudo, installedHelper]), { readOnly: true });
    expect(args).toEqual(['--', installedHelper, '--stdio-read']);
  });

  it.each<readonly [string, string, Partial<ReturnType<HelperHost['look']>>, string]>([
    ['belongs to a user', installedHelper, { uid: 1000 }, 'belongs to uid 1000'],
    ['can be written to by a group', installedHelper, { mode: 0o775 }, 'written to by others'],
    ['is a link', installedHelper, { isLink: true }, 'is a symbolic link'],
    ['lies in the folder of a user', dirname(installedHelper), { uid: 1000 }, 'belongs to uid 1000'],
    ['lies below a folder that all can write to', '/usr', { mode: 0o777 }, 'written to by others'],
  ])('is closed where the installed helper %s', (_, path, look, message) => {
    for (const present of [
      [files.pkexec, installedHelper],
      [files.sudo, installedHelper],
    ]) {
      expect(findHelper({}, hostWith(1000, present, { [path]: look }))).toEqual({
        ok: false,
        failure: { kind: 'helper-not-trusted', path: installedHelper, message: expect.stringContaining(message) },
      });
    }
  });

  it.each([
    ['there is no helper', 0, [], 'helper-missing'],
    ['there is no helper for sudo', 1000, [files.sudo], 'helper-missing'],
    ['there is neither pkexec nor sudo', 1000, [files.bundle], 'not-authorised'],
  ] as const)('is not to be had where %s', (_, uid, present, kind) => {
    expect(findHelper({}, hostWith(uid, present))).toMatchObject({ ok: false, failure: { kind } });
  });

  it.each([
    [files.pkexec, 126, '', { kind: 'cancelled' }],
    [files.pkexec, 127, 'Not authorized', { kind: 'not-authorised', message: 'Not authorized' }],
    [files.pkexec, 1, 'boom', { kind: 'helper-died', message: 'boom' }],
    [
      files.sudo,
      1,
      'sudo: a password is required',
      { kind: 'not-authorised', message: 'sudo: a password is required' },
    ],
    [files.sudo, null, '', { kind: 'helper-died', message: '' }],
  ] as const)('ends at %s with status %j', (program, status, stderr, failure) => {
    const present = program === files.pkexec ? [program, installedHelper] : [program, files.bundle];
    expect(found(hostWith(1000, present)).explainExit(status, stderr)).toEqual(failure);
  });
});

describe('the polkit actions', () => {
  const policy = readFileSync(new URL('../../../build/polkit/org.guestward.policy', import.meta.url), 'utf8');
  const actions = policy.split('<action ').slice(1);

  it.each([
    ['org.guestward.helper.read', '--stdio-read'],
    ['org.guestward.helper.apply', '--stdio'],
  ])('%s is bound to the installed helper and %s, and keeps no answer', (id, argument) => {
    const action = actions.find((text) => text.startsWith(`id="${id}"`)) ?? '';
    expect(action).toContain(`exec.path">${installedHelper}<`);
    expect(action).toContain(`exec.argv1">${argument}<`);
    expect([...action.matchAll(/<allow_\w+>(\w+)</g)].map(([, value]) => value)).toEqual(['no', 'no', 'auth_admin']);
  });

  it('are two', () => {
    expect(actions).toHaveLength(2);
  });
});
