import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap, type Tap } from '../rig/tap.ts';
import { createHelperRig, expectValue, type HelperRig } from './helper-rig.ts';
import { processesOf } from './look-at-host.ts';
import { networksPlan, silent } from './sample-networks.ts';

const filtering = (...admits: readonly string[]): NetworkSetup => ({ ...silent, admits: [...admits] });
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

const ip = (...args: readonly string[]): string => rig.namespace.run(() => runTool('/usr/sbin/ip', args));
const isUp = (name: string): boolean => /<[^>]*\bUP\b/.test(ip('link', 'show', 'dev', name));

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 800 && !isSo(); tries += 1) await setTimeout(25);
  expect(isSo(), what).toBe(true);
}

const frame = Buffer.from(`ffffffffffff52540000000188b5${'00'.repeat(46)}`, 'hex');

/** A frame crosses a bridge within the write itself; a TAP that is down refuses it. */
function passes(from: Tap, to: Tap): boolean {
  while (to.read(0));
  try {
    from.write(frame);
  } catch {
    return false;
  }
  for (let got = to.read(20); got !== undefined; got = to.read(20)) if (got.equals(frame)) return true;
  return false;
}

describe('NICs that others plug into a bridge whose NICs are all to be filtered', () => {
  it('are kept down until they have a filter, whether they were there before or come later', async () => {
    await apply(0, silent);
    const [before, other] = [plug('vnet0'), plug('vnet1')];
    expect(passes(before, other)).toBe(true);
    await apply(1, filtering('vnet1'));
    await until(() => !isUp('vnet0'), 'the one that was there is down');
    const later = plug('vnet2');
    await until(() => !isUp('vnet2'), 'the one that came later is down');
    expect([isUp('vnet1'), passes(before, other), passes(later, other), passes(other, before)]).toEqual([
      true,
      false,
      false,
      false,
    ]);

    await apply(2, filtering('vnet0', 'vnet1'));
    await until(() => isUp('vnet0'), 'the one that is filtered now is up');
    expect([passes(before, other), passes(other, before), isUp('vnet2')]).toEqual([true, true, false]);
  });

  it('go down again when somebody else brings them up', async () => {
    await apply(0, filtering());
    plug('vnet0');
    await until(() => !isUp('vnet0'), 'down');
    ip('link', 'set', 'dev', 'vnet0', 'up');
    await until(() => !isUp('vnet0'), 'down again');
  });

  it('come up again where the network no longer filters, but not those that somebody else has taken down', async () => {
    await apply(0, filtering('vnet1'));
    plug('vnet0');
    plug('vnet1');
    await until(() => !isUp('vnet0'), 'the unfiltered one is down');
    ip('link', 'set', 'dev', 'vnet1', 'down');
    await apply(1, silent);
    await until(() => isUp('vnet0'), 'up again');
    expect(isUp('vnet1')).toBe(false);
  });
});
