import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dnsmasqState } from '../../../main/helper/dnsmasq/dnsmasq-state.ts';
import { reconcileDnsmasq } from '../../../main/helper/dnsmasq/reconcile-dnsmasq.ts';
import { ensureKeeper, findKeeper } from '../../../main/helper/keeper/ensure-keeper.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { waitFor } from '../rig/wait-for.ts';
import { createDnsmasqRig, type DnsmasqRig, networkOn } from './dnsmasq-rig.ts';

const mac = '52:54:00:00:00:01';
const home = networkOn('gwb1', {
  ranges: [{ family: 'ipv4', low: '10.71.0.100', high: '10.71.0.200', prefix: 24 }],
});
const nft = (text: string) => runTool('/usr/sbin/nft', ['-f', '-'], text);

let rig: DnsmasqRig;

beforeEach(() => {
  rig = createDnsmasqRig();
  rig.addBridge('gwb1', '10.71.0.1/24');
});

afterEach(async () => {
  await bringAbout({});
  rig.destroy();
  nft('flush ruleset');
});

/** As a helper does it. */
async function bringAbout(networks: Readonly<Record<string, NetworkSetup>>): Promise<void> {
  const wanted = new Map(Object.entries(networks));
  for (const outcome of [await ensureKeeper(rig.places, wanted, false), await reconcileDnsmasq(rig.places, wanted)]) {
    expect(outcome).toEqual({ ok: true, value: undefined });
  }
}

function serving(): number | undefined {
  const { dnsmasq } = dnsmasqState(rig.places, 'home', home);
  return dnsmasq?.running === true ? dnsmasq.pid : undefined;
}

function keeperPid(): number {
  const pid = findKeeper(rig.places);
  if (pid === undefined) throw new Error('there is no keeper');
  return pid;
}

/** A process that has ended has no command line, even where nobody has waited for it. */
function runs(pid: number): boolean {
  return existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
}

function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

describe('the keeper', () => {
  it('starts a dnsmasq again that was killed, with the same leases', async () => {
    await bringAbout({ home });
    const [pid, address] = [serving(), rig.askForAddress('gwb1', mac)];
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(() => serving() === undefined);
    await waitFor(() => serving() !== undefined);
    // On its way into the background it is two processes for a moment, and then none that is known by its file.
    await waitFor(() => serving() !== undefined && serving() !== pid);
    expect(rig.askForAddress('gwb1', mac)).toBe(address);
  });

  it('is one for all networks, and stays the same', async () => {
    await bringAbout({ home });
    const pid = keeperPid();
    await bringAbout({ home, other: networkOn('gwb2', {}) });
    expect(keeperPid()).toBe(pid);
  });

  it('ends with the last network, and nothing of it is left', async () => {
    await bringAbout({ home });
    const pid = keeperPid();
    await waitFor(() => childrenOf(pid).length > 0);
    const pids = [pid, ...childrenOf(pid), serving() ?? 0];
    await bringAbout({});
    expect(runs(pid)).toBe(false);
    await waitFor(() => !pids.some(runs));
    expect(readdirSync(rig.places.run)).toEqual([]);
  });

  it('ends with its folder, and takes dnsmasq along, which nobody could find any more', async () => {
    await bringAbout({ home });
    const pids = [keeperPid(), serving() ?? 0];
    rmSync(rig.places.run, { recursive: true });
    await waitFor(() => !pids.some(runs));
  });

  it('is not started for a network that needs nothing kept', async () => {
    const { dnsmasq: _, ...bare } = home;
    await bringAbout({ bare });
    expect(findKeeper(rig.places)).toBeUndefined();
    expect(existsSync(join(rig.places.run, 'keeper'))).toBe(false);
  });

  it('is started again by the next helper where it was killed', async () => {
    await bringAbout({ home });
    const pid = keeperPid();
    process.kill(pid, 'SIGKILL');
    await waitFor(() => !runs(pid));
    await bringAbout({ home });
    expect(keeperPid()).not.toBe(pid);
  });

  it('ends by itself where another was put in its place', async () => {
    await bringAbout({ home });
    const pid = keeperPid();
    writeFileSync(join(rig.places.run, 'keeper/pid'), `${process.pid}\n`);
    await waitFor(() => !runs(pid));
  });

  it("puts a network's accepts into a firewall that comes up after it", async () => {
    const accepting = { ...home, accepts: [{ hook: 'forward', family: 'ipv4', iif: 'gwb1' }] } satisfies NetworkSetup;
    await bringAbout({ home: accepting });
    const pid = keeperPid();
    await waitFor(() => childrenOf(pid).length > 0);
    nft('table ip filter { chain FORWARD { type filter hook forward priority 0; policy drop; }; }');
    await waitFor(() => runTool('/usr/sbin/nft', ['list', 'table', 'ip', 'filter']).includes('gwb1'));
  });

  it('lets the guests of a lan network appear, until another has the network', async () => {
    rig.addBridge('gwb2', '10.79.0.1/24');
    const proxy = { uplink: 'gwb2', ipv6: false, reserved: ['10.79.0.1'], subnets: ['10.79.0.0/24'] };
    const lan = { ...networkOn('gwb1', {}), proxy };
    const routes = () => runTool('/usr/sbin/ip', ['-4', 'route', 'show', 'dev', 'gwb1']);
    await bringAbout({ lan });
    runTool('/usr/sbin/ip', ['neigh', 'add', '10.79.0.9', 'lladdr', mac, 'dev', 'gwb1', 'nud', 'permanent']);
    await waitFor(() => routes().includes('10.79.0.9'));
    const pids = childrenOf(keeperPid());
    await bringAbout({});
    await waitFor(() => !pids.some(runs));
  });
});
