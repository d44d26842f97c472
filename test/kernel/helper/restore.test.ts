import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HelperSession } from '../../../main/engine/helper-client.ts';
import { openStore } from '../../../main/helper/store.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { changedNics, oneMoreNic, twoNics } from './sample-plans.ts';

let rig: HelperRig;
let helper: HelperSession;

beforeEach(async () => {
  rig = createHelperRig();
  helper = await rig.open();
  expectValue(await helper.apply(twoNics));
  expectValue(await helper.apply(changedNics));
  await helper.close();
});

afterEach(async () => {
  await helper.close();
  rig.destroy();
});

describe('rules that the kernel has lost', () => {
  let before: readonly string[];

  beforeEach(async () => {
    before = rig.listing().filter((line) => !line.startsWith('bridge gw_generation'));
    rig.endKeeper();
    rig.nft('flush ruleset');
    helper = await rig.open();
  });

  const now = () => rig.listing().filter((line) => !line.startsWith('bridge gw_generation'));

  it('are reported, and left lost by who only reads', async () => {
    expect(expectValue(await helper.read())).toMatchObject({ status: 'lost', generation: 2 });
    expectValue(await helper.check(oneMoreNic(2, 'vnet3')));
    expect(expectValue(await helper.counters()).rules).toEqual([]);
    expect(rig.listing()).toEqual([]);
  });

  it('are brought back on request, as they were', async () => {
    expect(expectValue(await helper.restore())).toEqual({ generation: 2, restored: true });
    expect(now()).toEqual(before);
    expect(expectValue(await helper.read())).toMatchObject({ status: 'current', generation: 2 });
    expect(expectValue(await helper.restore())).toEqual({ generation: 2, restored: false });
  });

  it('are brought back before the next plan is applied', async () => {
    expect(expectValue(await helper.apply(oneMoreNic(2, 'vnet3')))).toMatchObject({ generation: 3 });
    expect(now()).toEqual(expect.arrayContaining(before.filter((line) => line.startsWith('rule'))));
    expect(now().join()).toContain('vnet3');
  });

  it('are those of an apply that a crash of the machine has left without a verdict', async () => {
    const store = expectValue(openStore(rig.stateDir));
    const { operations, definitions } = oneMoreNic(2, 'vnet3');
    const plan = { operations, definitions, bridgeNetfilter: false };
    store.intend({ generation: 3, boot: 'another', marker: '3 0123', plan, sysctls: null });
    expect(expectValue(await helper.read())).toMatchObject({ status: 'lost', generation: 3, recovered: 'finished' });
    expect(expectValue(await helper.restore())).toEqual({ generation: 3, restored: true });
    expect(now().join()).toContain('vnet3');
  });

  it('are brought back in the place of what somebody put into our tables meanwhile', async () => {
    rig.nft('table bridge guestward { chain intruder { accept; }; }');
    expect(expectValue(await helper.restore())).toMatchObject({ restored: true });
    expect(now()).toEqual(before);
  });
});

describe('rules of which a part is gone, while the marker stands', () => {
  it.each<readonly [string, string]>([
    ['a table', 'delete table inet guestward'],
    ['a chain', 'flush table inet guestward; delete chain inet guestward gw_packets'],
    ["a chain's rules", 'flush chain bridge guestward gw_own_mac'],
  ])('%s, are brought back whole on request', async (_, text) => {
    const before = rig.listing().filter((line) => !line.startsWith('bridge gw_generation'));
    rig.endKeeper();
    rig.nft(text);
    helper = await rig.open();
    expect(expectValue(await helper.restore())).toEqual({ generation: 2, restored: true });
    expect(rig.listing().filter((line) => !line.startsWith('bridge gw_generation'))).toEqual(before);
    expect(expectValue(await helper.restore())).toEqual({ generation: 2, restored: false });
  });
});

describe('rules of unknown origin', () => {
  it.each([
    ['of another state folder', 'add element bridge guestward gw_generation { 0x7 comment "7 0123456789abcdef" }'],
    ['that somebody has marked', 'add element bridge guestward gw_generation { 0xffff comment "mine" }'],
  ])('%s are not touched', async (_, text) => {
    rig.nft(text);
    const before = rig.listing();
    helper = await rig.open();
    for (const outcome of [await helper.read(), await helper.apply(oneMoreNic(2, 'vnet3')), await helper.restore()]) {
      expect(expectFailure(outcome)).toMatchObject({ kind: 'foreign-generation' });
    }
    expect(rig.listing()).toEqual(before);
  });

  it('in a table of our name are not touched when nothing was ever applied', async () => {
    const fresh = createHelperRig();
    try {
      fresh.nft('table inet guestward { chain mine { accept; }; }');
      const before = fresh.listing();
      const other = await fresh.open();
      expect(expectFailure(await other.apply(twoNics))).toMatchObject({ kind: 'foreign-generation' });
      await other.close();
      expect(fresh.listing()).toEqual(before);
    } finally {
      fresh.destroy();
    }
  });
});
