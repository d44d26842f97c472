import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endKeeper } from '../rig/end-keeper.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../rig/network-namespace.ts';
import { runTool } from '../rig/run-tool.ts';

const program = fileURLToPath(new URL('../../../build/dist/cli.mjs', import.meta.url));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

describe('guestward doctor', () => {
  let namespace: NetworkNamespace;
  let folder: string;

  beforeEach(() => {
    namespace = createNetworkNamespace();
    folder = mkdtempSync(join(tmpdir(), 'guestward-doctor-'));
    // dnsmasq, which is nobody in particular, comes through it.
    chmodSync(folder, 0o711);
  });

  afterEach(() => {
    cli('net-destroy', 'blue');
    namespace.close();
    rmSync(folder, { recursive: true });
  });

  function cli(...args: readonly string[]): Ran {
    const env = {
      PATH: '/usr/sbin:/usr/bin',
      GUESTWARD_STATE_DIR: join(folder, 'state'),
      GUESTWARD_RUN_DIR: join(folder, 'run'),
    };
    const done = namespace.run(() =>
      spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', shell: false }),
    );
    return { status: done.status, out: done.stdout, err: done.stderr };
  }

  const iptables = (line: string): string => namespace.run(() => runTool('/usr/sbin/iptables-nft', line.split(' ')));
  const ours = (): readonly string[] =>
    iptables('-S')
      .split('\n')
      .filter((line) => line.includes('guestward:blue'));

  it('names what is in the way, mends it, remembers how, and takes it back with the network', () => {
    expect(cli('doctor')).toMatchObject({ status: 0, out: 'There are no networks to look at.\n' });
    expect(cli('net-new', 'blue', '--nat', '--subnet', '10.7.0.0/24')).toMatchObject({ status: 0, err: '' });
    expect(cli('doctor', 'blue')).toEqual({ status: 0, out: 'Network blue: healthy\n', err: '' });

    iptables('-A FORWARD -s 10.7.0.0/24 -j DROP');
    const before = iptables('-S');
    const found = cli('doctor');
    expect(found.status).toBe(1);
    expect(found.out).toContain('at: iptables table filter chain FORWARD: -A FORWARD -s 10.7.0.0/24 -j DROP\n');
    expect(iptables('-S')).toBe(before);

    const fixed = cli('doctor', 'blue', '--fix');
    expect(fixed).toMatchObject({ status: 0, err: '' });
    expect(fixed.out).toMatch(/^Cured blue: Put accepts of this network.*\nNetwork blue: healthy\n/);
    const accepts = ours();
    expect(accepts).not.toEqual([]);

    // The cure is the started network's own from now on: another change to the network leaves it in place.
    expect(cli('net-reach', 'blue', '--lan', 'no').status).toBe(0);
    expect(ours()).toEqual(accepts);
    expect(JSON.parse(cli('doctor', '--json').out)).toMatchObject({
      healthy: true,
      networks: [{ name: 'blue', active: true }],
    });

    expect(cli('net-destroy', 'blue').status).toBe(0);
    expect(iptables('-S')).toBe(before);
    expect(cli('net-start', 'blue').status).toBe(0);
    expect(ours(), 'consent ends with the network').toEqual([]);
  });

  it('notices that somebody has flushed the rules of the network itself', () => {
    cli('net-new', 'blue', '--nat', '--subnet', '10.7.0.0/24');
    endKeeper(join(folder, 'run'));
    namespace.run(() => runTool('/usr/sbin/nft', ['flush', 'ruleset']));
    const found = cli('doctor', 'blue');
    expect(found.status).toBe(1);
    expect(found.out).toContain("The kernel has none of Guestward's rules any more");
    expect(cli('restore')).toMatchObject({ status: 0, err: '' });
    expect(cli('doctor', 'blue')).toEqual({ status: 0, out: 'Network blue: healthy\n', err: '' });
  });

  it('knows no network that is not there', () => {
    expect(cli('doctor', 'red')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/^error: failed to get network 'red'\n/),
    });
  });
});
