import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import { type Plug, turnedPlugs } from '../../../shared/plan/plug.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap, type Tap } from '../rig/tap.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { processesOf } from './look-at-host.ts';
import { networksPlan, silent } from './sample-networks.ts';

const second: NetworkSetup = {
  ...silent,
  link: { bridge: 'gwtest2', mac: '52:54:00:aa:bb:03', stp: false, forwardDelay: 0, ipv6: false, learning: true },
};
const move: Plug = { device: 'vnet0', from: 'gwtest1', to: 'gwtest2' };
const plugPlan = (base: number, plugs: Plug[] = [move]): Plan => {
  const { networks: _, ...plan } = networksPlan(base, {});
  return { ...plan, plugs };
};

let rig: HelperRig;
let tap: Tap;

beforeEach(async () => {
  rig = createHelperRig();
  const helper = await rig.open();
  expectValue(await helper.apply(networksPlan(0, { one: silent, two: second })));
  await helper.close();
  tap = rig.namespace.run(() => {
    const opened = openTap('vnet0');
    writeFileSync('/proc/sys/net/ipv6/conf/vnet0/disable_ipv6', '1');
    runTool('/usr/sbin/ip', ['link', 'set', 'dev', 'vnet0', 'master', 'gwtest1', 'up']);
    return opened;
  });
});

afterEach(() => {
  tap.close();
  for (const { pid } of processesOf(rig.runDir)) process.kill(pid, 'SIGKILL');
  rig.destroy();
});

const ip = (...args: readonly string[]): string => rig.namespace.run(() => runTool('/usr/sbin/ip', args));

function place(): string {
  const line = ip('-o', 'link', 'show', 'dev', 'vnet0');
  const bridge = /\bmaster (\S+)/.exec(line)?.[1] ?? 'none';
  return `${bridge} ${/<[^>]*\bUP\b/.test(line) ? 'up' : 'down'}`;
}

describe('a NIC of another program', () => {
  it('goes to the other bridge and back, and from none', async () => {
    const helper = await rig.open();
    expectValue(await helper.apply(plugPlan(1)));
    expect(place()).toBe('gwtest2 up');
    expectValue(await helper.apply(plugPlan(2, turnedPlugs([move]))));
    expect(place()).toBe('gwtest1 up');
    ip('link', 'set', 'dev', 'vnet0', 'nomaster');
    expectValue(await helper.apply(plugPlan(3, [{ device: 'vnet0', to: 'gwtest2' }])));
    expect(place()).toBe('gwtest2 up');
    await helper.close();
  });

  it('stays down where somebody else has taken it down', async () => {
    ip('link', 'set', 'dev', 'vnet0', 'down');
    const helper = await rig.open();
    expectValue(await helper.apply(plugPlan(1)));
    expect(place()).toBe('gwtest2 down');
    await helper.close();
  });

  it('is moved before the network goes that it was on', async () => {
    const helper = await rig.open();
    expectValue(await helper.apply({ ...networksPlan(1, { one: null }), plugs: [move] }));
    expect(place()).toBe('gwtest2 up');
    await helper.close();
  });

  it('is not moved from where it is not, and nothing else is changed either', async () => {
    ip('link', 'add', 'br0', 'type', 'bridge');
    ip('link', 'set', 'dev', 'vnet0', 'master', 'br0');
    const helper = await rig.open();
    const refused = await helper.apply({ ...networksPlan(1, { one: null }), plugs: [{ ...move }] });
    expect(expectFailure(refused)).toMatchObject({
      kind: 'nic-elsewhere',
      device: 'vnet0',
      message: 'is in the bridge br0, not in the bridge gwtest1',
    });
    expect(place()).toBe('br0 up');
    expect(ip('link')).toContain('gwtest1');
    expect(expectFailure(await helper.apply(plugPlan(1, [{ ...move, from: 'br0' }])))).toMatchObject({
      kind: 'plan-refused',
    });
    expect(expectValue(await helper.read()).generation).toBe(1);
    await helper.close();
  });
});

const steps = [
  'intent-written',
  'links-silenced',
  'packets-shown',
  'loaded',
  'read-back',
  'addresses-set',
  'nics-plugged',
  'links-removed',
  'settings-put-back',
  'done-written',
] as const;

it.each(steps)(
  'a helper that is killed while it moves a NIC, after "%s", leaves it in one place, and up',
  async (step) => {
    const dying = rig.openMeddled(step, 1, 'die');
    await dying.apply(plugPlan(1));
    await dying.close();
    const next = await rig.open();
    const { generation } = expectValue(await next.read());
    expect(generation).toBe(['intent-written', 'links-silenced', 'packets-shown'].includes(step) ? 1 : 2);
    expect(place()).toBe(generation === 1 ? 'gwtest1 up' : 'gwtest2 up');
    await next.close();
  },
);
