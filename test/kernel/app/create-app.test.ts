import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../main/app/app.ts';
import { createApp } from '../../../main/app/create-app.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import { type MethodName, methods, type Params, type Payload, type Result } from '../../../shared/rpc/contract.ts';
import { requirePrivateNetwork } from '../rig/network-namespace.ts';
import { runTool } from '../rig/run-tool.ts';
import { waitFor } from '../rig/wait-for.ts';

const text = `<network><name>home</name><forward mode='nat'/><bridge name='br-home'/>
<ip address='10.61.6.1' prefix='24'><dhcp><range start='10.61.6.100' end='10.61.6.120'/></dhcp></ip></network>`;
const make: Action = { action: 'define-network', text, start: true };

let folder: string;
let app: App;

beforeEach(() => {
  requirePrivateNetwork();
  folder = mkdtempSync(join(tmpdir(), 'guestward-app-'));
  chmodSync(folder, 0o755);
  const environment = { GUESTWARD_STATE_DIR: join(folder, 'state'), GUESTWARD_RUN_DIR: join(folder, 'run') };
  app = createApp({ environment, door: 'browser', place: 'lab' });
});

afterEach(async () => {
  const { networks } = await ask('machine.read', {});
  const left = networks.map(({ name }): Action => ({ action: 'remove-network', network: name }));
  if (left.length > 0) await ask('change.apply', { actions: left });
  await app.close();
  rmSync(folder, { recursive: true });
});

/** The answer, which must be one and of the contract's shape. */
async function ask<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const handler = app.handlers[method] as (given: unknown) => ReturnType<App['handlers'][M]>;
  const answer = await handler(methods[method].params.parse(params));
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return methods[method].result.parse(answer.value) as Result<M>;
}

describe('the app as root, with a helper and a kernel', () => {
  it('shows a machine without networks, and says that nothing is in force', async () => {
    const machine = await ask('machine.read', {});
    expect(machine.networks).toEqual([]);
    expect(await ask('app.describe', {})).toMatchObject({ rights: 'root', place: 'lab', door: 'browser' });
  });

  it('tells what was put back as soon as it was, without being asked', async () => {
    const attach = {
      action: 'attach',
      device: 'vnet0',
      filter: 'no-mac-spoofing',
      mac: '52:54:00:00:00:01',
      parameters: {},
    } as const;
    const told: Payload<'health.healed'>[] = [];
    const stop = app.subscribe((event, payload) => {
      if (event === 'health.healed') told.push(payload as Payload<'health.healed'>);
    });
    try {
      await ask('change.apply', { actions: [attach] });
      await ask('machine.read', {});
      // No link changes by it, nor an address.
      runTool('/usr/sbin/nft', ['flush', 'ruleset']);
      await waitFor(() => told.length > 0);
      expect(told).toMatchObject([{ what: 'rules', outcome: 'healed' }]);
    } finally {
      stop();
      await ask('change.apply', { actions: [{ action: 'detach', device: 'vnet0' }] });
    }
  });

  it('tells what a change would do, makes it, shows it, and undoes it', async () => {
    const preview = await ask('change.preview', { actions: [make] });
    expect(preview.steps.join('\n')).toContain('home');
    expect(preview.nftText).toContain('br-home');
    expect((await ask('machine.read', {})).networks).toEqual([]);

    const { activity } = await ask('change.apply', { actions: [make] });
    const { networks } = await ask('machine.read', {});
    expect(networks).toMatchObject([{ name: 'home', kind: 'nat', started: true, bridge: 'br-home', problems: [] }]);
    const { entries } = await ask('activity.list', { limit: 10 });
    expect(entries[0]).toMatchObject({ id: activity, kind: 'change', undo: 'possible' });

    await ask('activity.undo', { id: activity ?? -1 });
    expect((await ask('machine.read', {})).networks).toEqual([]);
  });

  it('tells of a guest that is plugged in, and of what passes', async () => {
    await ask('change.apply', { actions: [make] });
    const machines: Payload<'machine.changed'>[] = [];
    let told = 0;
    const end = app.subscribe((event, payload) => {
      if (event === 'machine.changed') machines.push(payload as Payload<'machine.changed'>);
      if (event === 'machine.traffic') told += 1;
    });
    try {
      runTool('/usr/sbin/ip', ['tuntap', 'add', 'dev', 'gw-app-tap', 'mode', 'tap']);
      runTool('/usr/sbin/ip', ['link', 'set', 'dev', 'gw-app-tap', 'master', 'br-home', 'up']);
      await waitFor(() =>
        machines.at(-1)?.nics.some(({ device, network }) => device === 'gw-app-tap' && network === 'home'),
      );
      await waitFor(() => told > 0);
    } finally {
      end();
      runTool('/usr/sbin/ip', ['link', 'delete', 'dev', 'gw-app-tap']);
    }
  });

  it('binds a filter to a NIC that is there, and judges packets by it', async () => {
    await ask('change.apply', { actions: [make] });
    const attach: Action = {
      action: 'attach',
      device: 'gw-app-tap',
      filter: 'clean-traffic',
      mac: '52:54:00:00:00:02',
      parameters: { IP: ['10.61.6.7'] },
    };
    await ask('change.apply', { actions: [attach] });
    const question = (source: string) =>
      ({
        subject: { of: 'nic', device: 'gw-app-tap' },
        packet: { kind: 'tcp', source, sourcePort: 40_000, destination: '10.61.6.1', destinationPort: 80 },
        direction: 'out',
      }) as const;
    expect((await ask('packet.trace', question('10.61.6.7'))).verdict).toBe('accept');
    const lie = await ask('packet.trace', question('10.61.6.8'));
    expect(lie).toMatchObject({ verdict: 'drop', decidedBy: { filter: 'no-ip-spoofing' } });

    const { actions } = await ask('packet.allow', question('10.61.6.8'));
    await ask('change.apply', { actions });
    expect((await ask('packet.trace', question('10.61.6.8'))).verdict).toBe('accept');
    expect((await ask('packet.trace', question('10.61.6.9'))).verdict).toBe('drop');
    await ask('change.apply', { actions: [{ action: 'detach', device: 'gw-app-tap' }] });
  });
});

describe('a helper that is killed while the app is open', () => {
  it('is told once, and another does its work', async () => {
    await ask('machine.read', {});
    const helpers = childrenNamed('helper.mjs');
    expect(helpers.length).toBeGreaterThan(0);
    for (const pid of helpers) process.kill(pid, 'SIGKILL');
    expect((await ask('machine.read', {})).problems).toMatchObject([{ kind: 'helper-died' }]);
    expect((await ask('machine.read', {})).problems).toEqual([]);
  });
});

/** Processes that this one has started, by a word of their command line; not the keeper, which nobody's end ends. */
function childrenNamed(word: string): readonly number[] {
  const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word));
}
