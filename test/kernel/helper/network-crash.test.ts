import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HelperSession } from '../../../main/engine/helper-client.ts';
import { createHelperRig, expectValue, type HelperRig } from './helper-rig.ts';
import { lookAtHost, processesOf } from './look-at-host.ts';
import { forwarding, networksPlan, serving, silent } from './sample-networks.ts';

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  rig.destroy();
});

describe('a helper that is killed while it', () => {
  const setups = { plain: { ...forwarding, dnsmasq: serving }, silent };
  const steps = [
    'intent-written',
    'links-silenced',
    'packets-shown',
    'loaded',
    'read-back',
    'links-made',
    'forwarding-on',
    'addresses-set',
    'served',
    'links-removed',
    'settings-put-back',
    'done-written',
  ] as const;

  afterEach(() => {
    for (const { pid } of processesOf(rig.runDir)) process.kill(pid, 'SIGKILL');
  });

  const look = () => ({ ...lookAtHost(rig), rules: rig.listing() });

  it.each(steps)('starts networks, after "%s", leaves all of them or nothing', async (step) => {
    const nothing = look();
    const dying = rig.openMeddled(step, 1, 'die');
    await dying.apply(networksPlan(0, setups));
    await dying.close();
    const next = await rig.open();
    const { generation } = expectValue(await next.read());
    expect(generation).toBe(['intent-written', 'links-silenced', 'packets-shown'].includes(step) ? 0 : 1);
    if (generation === 0) expect(look()).toEqual(nothing);
    else expect(await whole(next)).toEqual(['gwtest0', 'gwtest1']);
    if (generation === 1) expectValue(await next.apply(networksPlan(1, { plain: null, silent: null })));
    await next.close();
    expect(look()).toEqual(nothing);
  });

  it.each(steps)('takes networks away, after "%s", leaves all of them or nothing', async (step) => {
    const nothing = look();
    const dying = rig.openMeddled(step, 2, 'die');
    expectValue(await dying.apply(networksPlan(0, setups)));
    const standing = look();
    await dying.apply(networksPlan(1, { plain: null, silent: null }));
    await dying.close();
    const next = await rig.open();
    const { generation } = expectValue(await next.read());
    expect(generation).toBe(['intent-written', 'links-silenced', 'packets-shown'].includes(step) ? 1 : 2);
    expect(look()).toEqual(generation === 1 ? standing : nothing);
    if (generation === 1) expectValue(await next.apply(networksPlan(1, { plain: null, silent: null })));
    await next.close();
    expect(look()).toEqual(nothing);
  });

  it.each(['packets-shown', 'read-back', 'links-made', 'addresses-set'] as const)(
    'starts networks, at any moment after "%s", leaves all of them or nothing',
    async (step) => {
      const nothing = look();
      const dying = rig.openMeddled(step, 1, 'die-soon');
      await dying.apply(networksPlan(0, setups));
      await dying.close();
      const next = await rig.open();
      const { generation } = expectValue(await next.read());
      if (generation === 0) expect(look()).toEqual(nothing);
      else expect(await whole(next)).toEqual(['gwtest0', 'gwtest1']);
      const emptied = networksPlan(generation, { plain: null, silent: null });
      expectValue(await next.apply(generation === 0 ? networksPlan(0, setups) : emptied));
      await next.close();
    },
  );

  /** The bridges that are up and served; a network that stands by halves has none. */
  async function whole(helper: HelperSession): Promise<readonly string[]> {
    const { networks } = expectValue(await helper.networkStates());
    expect(networks).toMatchObject({
      plain: { bridgeUp: true, dnsmasq: { running: true } },
      silent: { bridgeUp: true },
    });
    const { links, addresses, routes } = lookAtHost(rig);
    expect(addresses).toEqual(['gwtest0 10.11.12.1/24', 'gwtest0 fd00:11::1/64']);
    expect(routes).toEqual(expect.arrayContaining(['10.50.0.0/16 10.11.12.2 gwtest0']));
    return links.filter((link) => /^gwtest.* up/.test(link)).map((link) => link.split(' ')[0] ?? '');
  }
});
