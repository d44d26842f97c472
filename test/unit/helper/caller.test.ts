import { describe, expect, it } from 'vitest';
import { identifyStart } from '../../../main/helper/caller.ts';

describe('who started the helper', () => {
  it.each([
    [{}, ['--stdio'], { caller: 'root', uid: 0 }],
    [{}, ['keep'], { caller: 'root', uid: 0 }],
    [{ NODE_OPTIONS: '--inspect', LD_PRELOAD: 'x' }, ['--stdio'], { caller: 'root', uid: 0 }],
    [{ PKEXEC_UID: '1000' }, ['--stdio'], { caller: 'pkexec', uid: 1000 }],
    [{ PKEXEC_UID: '1000' }, ['--stdio-read'], { caller: 'pkexec-read', uid: 1000 }],
    [{ SUDO_UID: '1000' }, ['--stdio'], { caller: 'sudo', uid: 1000 }],
    [{ SUDO_UID: '1000' }, ['--stdio-read'], { caller: 'sudo-read', uid: 1000 }],
    [{ PKEXEC_UID: '1000', SUDO_UID: '0' }, ['--stdio'], { caller: 'pkexec', uid: 1000 }],
    [{ SUDO_UID: '0' }, ['--stdio'], { caller: 'sudo', uid: 0 }],
  ])('%j %j', (env, args, start) => {
    expect(identifyStart(env, 0, args)).toEqual(start);
  });

  it.each([
    ['a user', {}, 1000, ['--stdio'], 'must run as root'],
    ['no argument', {}, 0, [], 'usage'],
    ['another argument', {}, 0, ['--help'], 'usage'],
    ['an argument of Object', {}, 0, ['constructor'], 'usage'],
    ['more arguments', {}, 0, ['--stdio', '--stdio'], 'usage'],
    ['a path beside it', {}, 0, ['--stdio', '/tmp/x'], 'usage'],
    ['a user who would start the keeper', { SUDO_UID: '1000' }, 0, ['keep'], 'only root itself'],
    ['a user who would start it through pkexec', { PKEXEC_UID: '1000' }, 0, ['keep'], 'only root itself'],
    ['more arguments for the keeper', {}, 0, ['keep', '/tmp/x'], 'usage'],
    ['a uid that is none', { PKEXEC_UID: 'root' }, 0, ['--stdio'], 'not a number'],
    ['an empty uid', { SUDO_UID: '' }, 0, ['--stdio'], 'not a number'],
    ['options for Node', { PKEXEC_UID: '1', NODE_OPTIONS: '' }, 0, ['--stdio'], 'NODE_OPTIONS'],
    ['a library to load', { SUDO_UID: '1', LD_PRELOAD: '/tmp/x.so' }, 0, ['--stdio'], 'LD_PRELOAD'],
    ['settings for OpenSSL', { SUDO_UID: '1', OPENSSL_CONF: '/tmp/x' }, 0, ['--stdio'], 'OPENSSL_CONF'],
  ] as const)('refuses %s', (_, env, uid, args, reason) => {
    expect(identifyStart(env, uid, args)).toEqual(expect.stringContaining(reason));
  });
});
