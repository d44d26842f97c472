import { describe, expect, it } from 'vitest';
import { activityHandlers } from '../../../main/app/activity/activity-handlers.ts';
import { changeHandlers } from '../../../main/app/changes/change-handlers.ts';
import type { AppSession } from '../../../main/app/session.ts';
import { methods } from '../../../shared/rpc/contract.ts';
import { engineDouble } from '../cli/engine-double.ts';
import { define, xml } from '../engine/network-rig.ts';

function open() {
  const told: string[] = [];
  const engine = engineDouble();
  const session: AppSession = {
    door: 'window',
    engine: async () => ({ ok: true, value: engine }),
    emit: (event) => told.push(event),
    changed: () => told.push('changed'),
  };
  return { engine, told, handlers: { ...changeHandlers(session), ...activityHandlers(session) } };
}

const lab = { action: 'define-network', text: xml({}), start: true } as const;

describe('a preview', () => {
  it('says what a change would do, and changes nothing', async () => {
    const { engine, told, handlers } = open();
    const preview = await handlers['change.preview']({ actions: [lab] });
    if (!preview.ok) throw new Error(JSON.stringify(preview.failure));
    expect(methods['change.preview'].result.parse(preview.value)).toMatchObject({
      title: 'Define and start network lab',
      interrupts: [],
      definitions: [
        { kind: 'network', name: 'lab' },
        { kind: 'live-network', name: 'lab' },
      ],
    });
    expect(preview.value.steps[0]).toBe('define network lab');
    expect(preview.value.definitions[0]).not.toHaveProperty('before');
    expect(engine.workspace.networks.size).toBe(0);
    expect(told).toEqual([]);
  });

  it('says whom a change interrupts', async () => {
    const { handlers } = open();
    await handlers['change.apply']({ actions: [lab] });
    const preview = await handlers['change.preview']({ actions: [{ action: 'stop-network', network: 'lab' }] });
    expect(preview.ok && preview.value.interrupts).toEqual([
      expect.stringMatching(/^every guest of lab; NICs that others/),
    ]);
  });

  it('sets a stock filter beside what redefines it, and what comes back beside that', async () => {
    const { engine, handlers } = open();
    const stock = engine.workspace.filters.get('allow-arp')?.text;
    const text = "<filter name='allow-arp' chain='arp'/>";
    const redefine = await handlers['change.preview']({ actions: [{ action: 'define-filter', text }] });
    const after = redefine.ok ? redefine.value.definitions[0]?.after : undefined;
    expect(redefine.ok && redefine.value.definitions).toMatchObject([{ name: 'allow-arp', before: stock }]);
    expect(after).toContain("name='allow-arp'");
    await handlers['change.apply']({ actions: [{ action: 'define-filter', text }] });
    const restore = await handlers['change.preview']({ actions: [{ action: 'undefine-filter', filter: 'allow-arp' }] });
    expect(restore.ok && restore.value.definitions).toMatchObject([{ name: 'allow-arp', before: after, after: stock }]);
  });

  it('names the NICs whose rules change, through references too', async () => {
    const { engine, handlers } = open();
    const span = { file: 'f', line: 1, column: 1, length: 0 };
    const binding = { device: 'vnet0', mac: 1n, filter: 'no-arp-spoofing', parameters: { IP: ['10.0.0.2'] }, span };
    await engine.apply([{ change: 'bind', binding, replace: true }], { dryRun: false });
    const text = "<filter name='no-arp-mac-spoofing' chain='arp-mac'/>";
    const preview = await handlers['change.preview']({ actions: [{ action: 'define-filter', text }] });
    expect(preview.ok && preview.value.nics).toEqual(['vnet0']);
  });
});

describe('a change', () => {
  it('is carried out, told of, and answers with the lines for a new port', async () => {
    const { told, handlers } = open();
    await handlers['change.apply']({ actions: [lab] });
    const applied = await handlers['change.apply']({
      actions: [{ action: 'new-port', network: 'lab', guest: 'web', mac: '52:54:00:00:00:07' }],
    });
    if (!applied.ok) throw new Error(JSON.stringify(applied.failure));
    const { title, port } = methods['change.apply'].result.parse(applied.value);
    expect([title, port?.mac, port?.lines.length]).toEqual(['Make a port of lab for web', '52:54:00:00:00:07', 5]);
    expect(told).toEqual(['changed', 'changed']);
  });

  it('that is refused says why in the words of the command line', async () => {
    const { told, handlers } = open();
    const applied = await handlers['change.apply']({ actions: [{ action: 'stop-network', network: 'no' }] });
    expect(applied.ok ? undefined : applied.failure).toMatchObject({
      kind: 'network-not-found',
      message: "Network not found: no network with matching name 'no'",
    });
    expect(told).toEqual([]);
  });

  it('that is wrong in its text comes back with the findings and the text', async () => {
    const { handlers } = open();
    const text = '<network><name>lab</name><ip address="10.0.0.300"/></network>';
    const applied = await handlers['change.apply']({ actions: [{ action: 'define-network', text, start: false }] });
    if (applied.ok) throw new Error('it was taken');
    const { kind, diagnostics = [], sources } = applied.failure;
    expect(kind).toBe('diagnostics');
    expect(diagnostics[0]?.span).toMatchObject({ file: 'network.xml', line: 1 });
    expect(sources).toEqual({ 'network.xml': text });
  });

  it('brings back what the kernel lost by itself alone', async () => {
    const { handlers } = open();
    expect((await handlers['change.apply']({ actions: [{ action: 'restore' }] })).ok).toBe(true);
    const both = await handlers['change.apply']({ actions: [{ action: 'restore' }, lab] });
    expect(both.ok ? undefined : both.failure.kind).toBe('bad-request');
  });
});

it('an entry that is not there cannot be undone', async () => {
  const { engine, handlers } = open();
  await engine.apply([define(xml({}))], { dryRun: false });
  const undone = await handlers['activity.undo']({ id: 7 });
  expect(undone.ok ? undefined : undone.failure.kind).toBe('activity-not-found');
});
