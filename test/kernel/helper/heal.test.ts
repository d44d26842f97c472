import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHealings } from '../../../main/helper/healings.ts';
import type { Healing } from '../../../shared/plan/healing.ts';
import { keeperOf } from '../rig/end-keeper.ts';
import { keeperListens } from '../rig/keeper-listens.ts';
import { runTool } from '../rig/run-tool.ts';
import { createHelperRig, expectValue, type HelperRig } from './helper-rig.ts';
import { lookAtHost, processesOf } from './look-at-host.ts';
import { forwarding, networksPlan, serving, silent } from './sample-networks.ts';
import { noNics, oneMoreNic, twoNics } from './sample-plans.ts';

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  for (const { pid } of processesOf(rig.runDir)) process.kill(pid, 'SIGKILL');
  rig.destroy();
});

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 800 && !isSo(); tries += 1) await setTimeout(25);
  expect(isSo(), what).toBe(true);
}

const nft = (...args: readonly string[]) => rig.namespace.run(() => runTool('/usr/sbin/nft', args));
const ip = (...args: readonly string[]) => rig.namespace.run(() => runTool('/usr/sbin/ip', args));
const healings = (): readonly Healing[] => readHealings(rig.stateDir);
/** Markers of the past stay away when all rules are loaded anew. */
const rules = () => rig.listing('guestward').filter((line) => !line.startsWith('bridge gw_generation'));
async function inForce(...plans: readonly (typeof twoNics)[]): Promise<void> {
  const helper = await rig.open();
  for (const plan of plans) expectValue(await helper.apply(plan));
  await helper.close();
  await until(() => keeperListens(rig.namespace, rig.runDir), 'the keeper listens');
}

describe('rules that somebody takes away', () => {
  it.each<readonly [string, readonly string[]]>([
    ['with all others', ['flush', 'ruleset']],
    ['with the table of frames', ['delete', 'table', 'bridge', 'guestward']],
    ['with the table of packets', ['delete', 'table', 'inet', 'guestward']],
    ['from a chain', ['flush', 'chain', 'bridge', 'guestward', 'gw_own_mac']],
    ['from a set', ['flush', 'set', 'bridge', 'guestward', 'gw_mac']],
  ])('%s come back by themselves, and who did it is written down', async (_, command) => {
    await inForce(twoNics);
    const before = rules();
    nft(...command);
    await until(() => healings().length > 0, 'a record');
    await until(() => JSON.stringify(rules()) === JSON.stringify(before), 'the rules');
    expect(healings()).toMatchObject([{ what: 'rules', outcome: 'healed', by: { program: 'nft' } }]);
    const helper = await rig.open();
    expect(expectValue(await helper.read())).toMatchObject({ status: 'current', generation: 1, healings: healings() });
    expect(expectValue(await helper.journal(undefined, 9)).entries).toMatchObject([
      { kind: 'healed', through: 'keeper', title: 'Put back the rules, which nft had taken away' },
    ]);
    await helper.close();
  });

  it('come back with networks and their DHCP, and the bridge stays the same', async () => {
    await inForce(networksPlan(0, { plain: { ...forwarding, dnsmasq: serving }, silent }));
    const before = { ...lookAtHost(rig), rules: rig.listing() };
    nft('flush', 'ruleset');
    await until(() => healings().length > 0, 'a record');
    await until(
      () => JSON.stringify({ ...lookAtHost(rig), rules: rig.listing() }) === JSON.stringify(before),
      'all of it',
    );
  });

  it('stay as they are where it was we who changed them', async () => {
    await inForce(twoNics, oneMoreNic(1, 'vnet3'));
    const helper = await rig.open();
    expectValue(await helper.apply(oneMoreNic(2, 'vnet4')));
    await helper.close();
    expect(healings()).toEqual([]);
  });

  it('stay away when they go with the last NIC, and nobody is left to look after them', async () => {
    await inForce(twoNics);
    const helper = await rig.open();
    expectValue(await helper.apply(noNics(1)));
    await helper.close();
    expect(keeperOf(rig.runDir)).toBeUndefined();
    expect(processesOf(rig.runDir)).toEqual([]);
    expect(rig.listing()).toEqual([]);
    expect(healings()).toEqual([]);
  });

  it('in the middle of an apply are put back once, by who was at work', async () => {
    await inForce(twoNics);
    const meddled = rig.openMeddled('loaded', 1, 'flush-ruleset');
    await meddled.apply(oneMoreNic(1, 'vnet3'));
    const before = rig.listing();
    expect(before).not.toEqual([]);
    await meddled.close();
    const helper = await rig.open();
    expect(expectValue(await helper.read())).toMatchObject({ status: 'current', generation: 1 });
    await helper.close();
    expect(rig.listing()).toEqual(before);
  });

  it('again and again are put back later and later, with the guests of networks kept silent meanwhile', async () => {
    await inForce(networksPlan(0, { plain: forwarding }));
    const before = { ...lookAtHost(rig), rules: rig.listing() };
    const healed = () => healings().filter(({ outcome }) => outcome === 'healed').length;
    for (const times of [1, 2, 3]) {
      nft('flush', 'ruleset');
      await until(() => healed() === times, `healed ${times} times`);
    }
    nft('flush', 'ruleset');
    await until(() => healings().at(-1)?.outcome === 'waiting', 'it waits');
    expect(healings().at(-1)).toMatchObject({ what: 'rules', losses: 4, by: { program: 'nft' } });
    const up = ip('link', 'show', 'dev', 'gwtest0', 'up');
    // Devices come up after the rules stand, and that is written down first.
    if (healed() === 3) expect(up).toBe('');
    await until(() => healed() === 4, 'healed in the end');
    expect(healings().map(({ outcome }) => outcome)).toEqual(['healed', 'healed', 'healed', 'healed']);
    await until(
      () => JSON.stringify({ ...lookAtHost(rig), rules: rig.listing() }) === JSON.stringify(before),
      'all of it',
    );
  });

  it('in whose place somebody has put others are not put back, and the guests of networks are kept silent', async () => {
    await inForce(networksPlan(0, { plain: forwarding }));
    rig.nft(
      'flush ruleset; table bridge guestward { set gw_generation { type mark; elements = { 0x7 comment "7 mine" }; }; }',
    );
    await until(() => healings().at(-1)?.outcome === 'failed', 'a record');
    expect(healings().at(-1)).toMatchObject({ what: 'rules', message: expect.stringContaining('7 mine') });
    await until(() => ip('link', 'show', 'dev', 'gwtest0', 'up') === '', 'silence');
    nft('flush', 'ruleset');
    await until(() => healings().at(-1)?.outcome === 'healed', 'healed');
    await until(() => ip('link', 'show', 'dev', 'gwtest0', 'up') !== '', 'the bridge is up');
  });
});

describe('devices of a network that somebody takes away', () => {
  it('come back with addresses, routes and DHCP, and are written down', async () => {
    await inForce(networksPlan(0, { plain: { ...forwarding, dnsmasq: serving } }));
    const before = lookAtHost(rig);
    ip('link', 'delete', 'dev', 'gwtest0');
    await until(() => healings().length > 0, 'a record');
    expect(healings()).toMatchObject([{ what: 'devices', names: ['gwtest0'], outcome: 'healed' }]);
    await until(() => JSON.stringify(lookAtHost(rig)) === JSON.stringify(before), 'all of it');
  });

  it('stay away when they go with their network', async () => {
    await inForce(networksPlan(0, { plain: forwarding, silent }));
    const helper = await rig.open();
    expectValue(await helper.apply(networksPlan(1, { plain: null })));
    await helper.close();
    expect(healings()).toEqual([]);
    expect(lookAtHost(rig).links.join()).not.toContain('gwtest0');
  });
});

describe('the records of what was healed', () => {
  it('are none where the file is not to be understood', async () => {
    await inForce(twoNics);
    runTool('/bin/sh', ['-c', `echo nonsense > ${join(rig.stateDir, 'healings.json')}`]);
    const helper = await rig.open();
    expect(expectValue(await helper.read())).toMatchObject({ healings: [] });
    await helper.close();
  });
});
