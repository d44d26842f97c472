import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HelperSession } from '../../../main/engine/helper-client.ts';
import { foldPlans } from '../../../shared/plan/fold-plan.ts';
import type { Operation, Plan } from '../../../shared/plan/plan.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { wholeSample } from '../../unit/shared/plan/samples.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { changedNics, nicElements, oneMoreNic, twoNics } from './sample-plans.ts';

let rig: HelperRig;
let helper: HelperSession;

beforeEach(async () => {
  rig = createHelperRig();
  helper = await rig.open();
});

afterEach(async () => {
  await helper.close();
  rig.destroy();
});

const planOf = (base: number, ...operations: readonly Operation[]): Plan => ({
  version: 1,
  base,
  bridgeNetfilter: false,
  operations: [...operations],
  definitions: [],
});

const setting = (name: string) => readFileSync(`/proc/sys/net/bridge/${name}`, 'utf8').trim();

describe('the helper', () => {
  it('finds nothing at first', async () => {
    expect(expectValue(await helper.read())).toMatchObject({
      generation: 0,
      status: 'empty',
      bridgeNetfilter: false,
      snapshot: emptyRuleset,
      plans: [],
      filters: {},
      bindings: {},
      abilities: { nftVersion: expect.stringMatching(/^\d/), kernel: expect.stringMatching(/^\d/) },
    });
    expect(rig.listing()).toEqual([]);
  });

  it('puts a plan in force and keeps its definitions', async () => {
    expect(expectValue(await helper.apply(twoNics))).toMatchObject({ generation: 1 });

    expect(rig.listing('guestward').join('\n')).toContain('no-mac-spoofing:3');
    const reading = expectValue(await helper.read());
    expect(reading).toMatchObject({
      generation: 1,
      status: 'current',
      filters: { 'no-mac-spoofing': '<filter name="no-mac-spoofing"/>' },
      bindings: { vnet0: '<filterbinding/>', vnet1: '<filterbinding/>' },
    });
    expect(foldPlans(reading.snapshot, reading.plans)).toEqual(foldPlans(emptyRuleset, [twoNics.operations]));
    await helper.close();
    expect(readdirSync(join(rig.stateDir, 'bindings'))).toEqual(['vnet0.xml', 'vnet1.xml']);
  });

  it('puts every operation, match, statement and set in force', async () => {
    expect(expectValue(await helper.apply(wholeSample()))).toMatchObject({ generation: 1 });
    const { rules } = expectValue(await helper.counters());
    const lines = rules.filter(({ comment }) => comment?.startsWith('every match:'));
    expect(lines.length).toBe(
      wholeSample().operations.flatMap((operation) =>
        operation.op === 'add-chain'
          ? operation.content.rules.filter(({ comment }) => comment?.startsWith('every match:'))
          : [],
      ).length,
    );
  });

  it('shows packets to the inet table as long as a plan asks for it, and puts the settings back after', async () => {
    const [ipv4, ipv6] = ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables'];
    rig.namespace.run(() => {
      writeFileSync(`/proc/sys/net/bridge/${ipv4}`, '0');
      writeFileSync(`/proc/sys/net/bridge/${ipv6}`, '1');
    });
    const settings = () => rig.namespace.run(() => [setting(ipv4), setting(ipv6)]);
    expectValue(await helper.apply(twoNics));
    expect(settings()).toEqual(['0', '1']);
    expectValue(await helper.apply(changedNics));
    expect(settings()).toEqual(['1', '1']);
    expect(expectValue(await helper.read()).bridgeNetfilter).toBe(true);
    expectValue(await helper.apply(planOf(2)));
    expect(settings()).toEqual(['0', '1']);
  });

  it('tells what a plan would do without doing it', async () => {
    expectValue(await helper.apply(twoNics));
    const before = rig.listing();
    const { text } = expectValue(await helper.check(changedNics));
    expect(text).toContain('add element bridge guestward gw_mac { "vnet2" . 52:54:00:00:00:03 }');
    expect(rig.listing()).toEqual(before);
    expect(expectValue(await helper.read())).toMatchObject({ generation: 1, bindings: { vnet1: '<filterbinding/>' } });
  });

  it.each<readonly [string, readonly Operation[], object]>([
    [
      'an element that is there with another verdict',
      [
        { op: 'add-chain', family: 'bridge', chain: 'other', content: { rules: [] } },
        {
          op: 'add-elements',
          family: 'bridge',
          set: 'ports',
          elements: [{ port: 'vnet0', values: [], chain: 'other' }],
        },
      ],
      {
        operation: 1,
        line: expect.stringContaining('"vnet0" : goto gw_other'),
        message: expect.stringContaining('File exists'),
      },
    ],
    [
      'an element that is not there',
      [
        {
          op: 'delete-elements',
          family: 'bridge',
          set: 'mac',
          elements: [{ port: 'vnet7', values: ['52:54:00:00:00:01'] }],
        },
      ],
      { operation: 0, message: expect.stringContaining('No such file') },
    ],
    [
      'a chain that is in use',
      [...nicElements('vnet3', '52:54:00:00:00:03'), { op: 'delete-chain', family: 'bridge', chain: 'own_mac' }],
      { operation: 2, message: expect.stringContaining('busy') },
    ],
    [
      'a loop of chains',
      [
        { op: 'add-chain', family: 'bridge', chain: 'loop', content: { rules: [] } },
        {
          op: 'replace-rules',
          family: 'bridge',
          chain: 'own_mac',
          rules: [{ matches: [], counter: false, statement: { do: 'jump', chain: 'loop' } }],
        },
        {
          op: 'replace-rules',
          family: 'bridge',
          chain: 'loop',
          rules: [{ comment: 'looping:9', matches: [], counter: false, statement: { do: 'jump', chain: 'own_mac' } }],
        },
      ],
      { operation: 2, rule: 0, comment: 'looping:9', message: expect.stringContaining('Too many links') },
    ],
  ])('leaves everything as it was when the kernel refuses %s, and says where', async (_, operations, failure) => {
    expectValue(await helper.apply(twoNics));
    const before = rig.listing();
    const plan = { ...planOf(1, ...operations), definitions: [{ kind: 'binding', name: 'vnet9', text: 'x' } as const] };

    for (const outcome of [await helper.check(plan), await helper.apply(plan)]) {
      expect(expectFailure(outcome)).toEqual({ kind: 'kernel-refused', line: expect.any(String), ...failure });
    }

    expect(rig.listing()).toEqual(before);
    const reading = expectValue(await helper.read());
    expect(reading).toMatchObject({ generation: 1, status: 'current' });
    expect(Object.keys(reading.bindings)).toEqual(['vnet0', 'vnet1']);
    expect(expectValue(await helper.apply(oneMoreNic(1, 'vnet3')))).toMatchObject({ generation: 2 });
  });

  it('leaves nothing where the kernel refuses the very first plan, and says where', async () => {
    const jump = (from: string, to: string): Operation => ({
      op: 'replace-rules',
      family: 'bridge',
      chain: from,
      rules: [{ comment: `${from}:1`, matches: [], counter: false, statement: { do: 'jump', chain: to } }],
    });
    const loop: Operation = { op: 'add-chain', family: 'bridge', chain: 'loop', content: { rules: [] } };
    const { operations } = twoNics;
    const plan = planOf(0, ...operations, loop, jump('own_mac', 'loop'), jump('loop', 'own_mac'));
    const where = { operation: operations.length + 2, rule: 0, comment: 'loop:1' };

    for (const outcome of [await helper.check(plan), await helper.apply(plan)]) {
      expect(expectFailure(outcome)).toMatchObject({ kind: 'kernel-refused', ...where });
    }

    expect(rig.listing()).toEqual([]);
    expect(expectValue(await helper.read())).toMatchObject({ generation: 0, status: 'empty' });
  });

  it('refuses a plan that is wrong or stale before it looks at the kernel', async () => {
    expectValue(await helper.apply(twoNics));
    expect(expectFailure(await helper.apply(twoNics))).toEqual({ kind: 'stale', base: 0, inForce: 1 });
    expect(expectFailure(await helper.apply({ ...twoNics, base: 1 }))).toMatchObject({ kind: 'plan-refused' });
  });

  it('takes one of two plans that start from the same generation', async () => {
    expectValue(await helper.apply(twoNics));
    const other = await rig.open();
    const outcomes = await Promise.all([helper.apply(oneMoreNic(1, 'vnet3')), other.apply(oneMoreNic(1, 'vnet4'))]);
    await other.close();
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure.kind]))).toEqual(['stale']);
  });

  it('sees what another helper has done meanwhile', async () => {
    expectValue(await helper.apply(twoNics));
    const other = await rig.open();
    for (let base = 1; base < 4; base += 1) {
      const turn = base % 2 === 0 ? helper : other;
      expect(expectValue(await turn.apply(oneMoreNic(base, `tap${base}`)))).toMatchObject({ generation: base + 1 });
    }
    await other.close();
    expect(Object.keys(expectValue(await helper.read()).bindings)).toContain('tap3');
  });

  it('lets markers of the past go when they have become many', async () => {
    expectValue(await helper.apply(twoNics));
    for (let base = 1; base < 70; base += 1) {
      const [add, remove] = [{ op: 'add-elements' }, { op: 'delete-elements' }] as const;
      const change = base % 2 === 1 ? add : remove;
      const elements = [{ port: 'tap0', values: ['52:54:00:00:00:09'] }];
      expectValue(await helper.apply(planOf(base, { ...change, family: 'bridge', set: 'mac', elements })));
    }
    const markers = rig.listing('guestward').filter((line) => line.startsWith('bridge gw_generation'));
    expect(markers.length).toBeLessThanOrEqual(65);
    expect(markers.join()).toContain('"70 ');
  });

  it('counts what its rules have dropped', async () => {
    expectValue(await helper.apply(twoNics));
    expect(expectValue(await helper.counters()).rules).toEqual([
      { family: 'bridge', chain: 'own_mac', comment: 'no-mac-spoofing:3', verdict: 'drop', packets: 0, bytes: 0 },
    ]);
  });

  it('takes the rules of a thousand NICs away again, to nothing', async () => {
    const ports = Array.from({ length: 1000 }, (_, index) => `tap${index}`);
    const elements = ports.map((port) => ({ port, values: ['52:54:00:00:00:09'] }));
    const verdicts = ports.map((port) => ({ port, values: [], chain: 'own_mac' }));
    expectValue(await helper.apply(twoNics));
    expectValue(
      await helper.apply({
        ...planOf(
          1,
          { op: 'add-elements', family: 'bridge', set: 'mac', elements },
          { op: 'add-elements', family: 'bridge', set: 'ports', elements: verdicts },
        ),
        definitions: ports.map((name) => ({ kind: 'binding', name, text: '<filterbinding/>' })),
      }),
    );
    expect(Object.keys(expectValue(await helper.read()).bindings)).toHaveLength(1002);
    expect(expectValue(await helper.restore())).toEqual({ generation: 2, restored: false });
    expectValue(
      await helper.apply(
        planOf(
          2,
          { op: 'delete-chain', family: 'bridge', chain: 'dispatch' },
          { op: 'delete-set', family: 'bridge', set: 'ports' },
          { op: 'delete-chain', family: 'bridge', chain: 'own_mac' },
          { op: 'delete-set', family: 'bridge', set: 'mac' },
        ),
      ),
    );
    expect(rig.listing('guestward')).toEqual([]);
  });
});
