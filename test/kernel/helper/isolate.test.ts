import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap, type Tap } from '../rig/tap.ts';
import { createHelperRig, expectValue, type HelperRig } from './helper-rig.ts';
import { processesOf } from './look-at-host.ts';
import { networksPlan, silent } from './sample-networks.ts';

const { link } = silent;
const apart: NetworkSetup = { ...silent, ...(link === undefined ? {} : { link: { ...link, isolated: true } }) };
const bridge = 'gwtest1';

let rig: HelperRig;
let taps: Tap[];

beforeEach(() => {
  rig = createHelperRig();
  taps = [];
});

afterEach(() => {
  for (const tap of taps) tap.close();
  for (const { pid } of processesOf(rig.runDir)) process.kill(pid, 'SIGKILL');
  rig.destroy();
});

async function apply(base: number, setup: NetworkSetup): Promise<void> {
  const helper = await rig.open();
  expectValue(await helper.apply(networksPlan(base, { net: setup })));
  await helper.close();
}

/** A port that Guestward has not made, as a hypervisor plugs it in. */
function plug(name: string): Tap {
  const tap = rig.namespace.run(() => {
    const opened = openTap(name);
    writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '1');
    runTool('/usr/sbin/ip', ['link', 'set', 'dev', name, 'master', bridge, 'up']);
    return opened;
  });
  taps.push(tap);
  return tap;
}

function isIsolated(name: string): boolean {
  return rig.namespace.run(() => runTool('/usr/sbin/ip', ['-d', 'link', 'show', 'dev', name])).includes('isolated on');
}

/** A broadcast of a protocol that nobody answers. */
const frame = Buffer.from(`ffffffffffff52540000000188b5${'00'.repeat(46)}`, 'hex');

/** A frame crosses a bridge within the write itself; the wait covers work that went to another processor. */
function passes(from: Tap, to: Tap): boolean {
  while (to.read(0));
  from.write(frame);
  for (let got = to.read(20); got !== undefined; got = to.read(20)) if (got.equals(frame)) return true;
  return false;
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 800 && !isSo(); tries += 1) await setTimeout(25);
  expect(isSo(), what).toBe(true);
}

describe('ports that others plug into a bridge', () => {
  it('reach each other where guests are not kept apart', async () => {
    await apply(0, silent);
    const [one, other] = [plug('vnet0'), plug('vnet1')];
    expect([passes(one, other), passes(other, one)]).toEqual([true, true]);
  });

  it('do not where they are, whether they were there before or come later', async () => {
    await apply(0, silent);
    const [one, other] = [plug('vnet0'), plug('vnet1')];
    await apply(1, apart);
    await until(() => isIsolated('vnet0') && isIsolated('vnet1'), 'those that were there');
    expect([passes(one, other), passes(other, one)]).toEqual([false, false]);
    const later = plug('vnet2');
    await until(() => isIsolated('vnet2'), 'the one that came later');
    expect([passes(later, one), passes(one, later)]).toEqual([false, false]);
  });

  it('reach each other again when guests are not kept apart any more, unless somebody else has isolated them', async () => {
    await apply(0, apart);
    const [one, other, theirs] = [plug('vnet0'), plug('vnet1'), plug('vnet2')];
    await until(() => ['vnet0', 'vnet1', 'vnet2'].every(isIsolated), 'all of them');
    await apply(1, silent);
    await until(() => !['vnet0', 'vnet1', 'vnet2'].some(isIsolated), 'none');
    expect([passes(one, other), passes(theirs, one)]).toEqual([true, true]);

    rig.namespace.run(() =>
      runTool('/usr/sbin/ip', ['link', 'set', 'vnet2', 'type', 'bridge_slave', 'isolated', 'on']),
    );
    await apply(2, apart);
    await until(() => isIsolated('vnet0') && isIsolated('vnet1'), 'all of them again');
    await apply(3, silent);
    await until(() => !isIsolated('vnet0') && !isIsolated('vnet1'), 'none of ours');
    expect(isIsolated('vnet2')).toBe(true);
  });

  it('are none of ours in a bridge that is not', async () => {
    await apply(0, apart);
    plug('vnet0');
    rig.namespace.run(() => {
      runTool('/usr/sbin/ip', ['link', 'add', 'mine', 'type', 'bridge']);
      runTool('/usr/sbin/ip', ['link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1']);
      runTool('/usr/sbin/ip', ['link', 'set', 'veth0', 'master', 'mine']);
    });
    await until(() => isIsolated('vnet0'), 'the one in ours');
    expect(isIsolated('veth0')).toBe(false);
  });
});
