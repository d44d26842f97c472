import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTap } from '../rig/tap.ts';
import { waitFor } from '../rig/wait-for.ts';
import { createForeignPorts, type ForeignPorts, passes } from './foreign-ports.ts';
import { expectValue } from './helper-rig.ts';
import { networksPlan, silent } from './sample-networks.ts';

const bridge = silent.link?.bridge ?? '';

let ports: ForeignPorts;

beforeEach(() => {
  ports = createForeignPorts();
});

afterEach(() => {
  ports.close();
});

const isPluggedIn = (name: string): boolean => ports.show(name).includes(`master ${bridge}`);

/** Until the keeper has taken note of them. */
async function seen(...names: readonly string[]): Promise<void> {
  const note = join(ports.rig.runDir, 'plugged.json');
  await waitFor(() => existsSync(note) && names.every((name) => readFileSync(note, 'utf8').includes(`"${name}"`)));
}

async function stop(base: number): Promise<void> {
  const helper = await ports.rig.open();
  expectValue(await helper.apply(networksPlan(base, { net: null })));
  await helper.close();
}

describe('what others have plugged into a network', () => {
  it('is in it again when it was stopped and is started', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    await stop(1);
    expect([isPluggedIn('vnet0'), isPluggedIn('vnet1')]).toEqual([false, false]);
    await ports.apply(2, silent);
    expect([isPluggedIn('vnet0'), isPluggedIn('vnet1')]).toEqual([true, true]);
    expect([passes(one, other), passes(other, one)]).toEqual([true, true]);
  });

  it('is in it again when somebody has deleted its bridge', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    ports.ip('link', 'delete', 'dev', bridge);
    await waitFor(() => isPluggedIn('vnet0') && isPluggedIn('vnet1'));
    await waitFor(() => passes(one, other) && passes(other, one));
  });

  it('is let be where it is by now, and so is what somebody has unplugged', async () => {
    await ports.apply(0, silent);
    for (const name of ['vnet0', 'vnet1', 'vnet2']) ports.plug(name);
    await seen('vnet0', 'vnet1', 'vnet2');
    ports.ip('link', 'set', 'dev', 'vnet1', 'nomaster');
    await waitFor(() => !readFileSync(join(ports.rig.runDir, 'plugged.json'), 'utf8').includes('"vnet1"'));
    await stop(1);
    ports.ip('link', 'add', 'mine', 'type', 'bridge');
    ports.ip('link', 'set', 'dev', 'vnet0', 'master', 'mine');
    await ports.apply(2, silent);
    expect(ports.show('vnet0')).toContain('master mine');
    expect([isPluggedIn('vnet1'), isPluggedIn('vnet2')]).toEqual([false, true]);
  });

  it('is not mixed up with another device of its name', async () => {
    await ports.apply(0, silent);
    for (const name of ['vnet0', 'vnet1']) ports.plug(name);
    await seen('vnet0', 'vnet1');
    await stop(1);
    ports.ip('link', 'delete', 'dev', 'vnet0');
    const namesake = ports.rig.namespace.run(() => openTap('vnet0'));
    await ports.apply(2, silent);
    expect([isPluggedIn('vnet0'), isPluggedIn('vnet1')]).toEqual([false, true]);
    namesake.close();
  });
});
