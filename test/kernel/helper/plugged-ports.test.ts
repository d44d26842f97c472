import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { openTap } from '../rig/tap.ts';
import { waitFor } from '../rig/wait-for.ts';
import { createForeignPorts, type ForeignPorts, passes } from './foreign-ports.ts';
import { expectValue } from './helper-rig.ts';
import { networksPlan, silent } from './sample-networks.ts';

const { link } = silent;
if (link === undefined) throw new Error('the sample has a bridge');
const apart: NetworkSetup = { ...silent, link: { ...link, isolated: true } };
const filtered = (...admits: string[]): NetworkSetup => ({ ...silent, admits });
const elsewhere: NetworkSetup = { ...silent, link: { ...link, bridge: 'gwelse', mac: '52:54:00:00:00:99' } };

let ports: ForeignPorts;

beforeEach(() => {
  ports = createForeignPorts();
});

afterEach(() => {
  ports.close();
});

const isIn = (name: string, bridge = link.bridge): boolean => ports.show(name).includes(`master ${bridge} `);
const isUp = (name: string): boolean => /<[^>]*\bUP\b/.test(ports.show(name));
const note = (): string => {
  const path = join(ports.rig.runDir, 'plugged.json');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** Until the keeper has taken note of them. */
const seen = (...names: readonly string[]) => waitFor(() => names.every((name) => note().includes(`"${name}"`)));

async function change(base: number, networks: Parameters<typeof networksPlan>[1]): Promise<void> {
  const helper = await ports.rig.open();
  expectValue(await helper.apply(networksPlan(base, networks)));
  await helper.close();
}

describe('what others have plugged into a network', () => {
  it('is in it again when it was stopped and is started', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    await change(1, { net: null });
    expect([isIn('vnet0'), isIn('vnet1')]).toEqual([false, false]);
    await ports.apply(2, silent);
    await waitFor(() => isIn('vnet0') && isIn('vnet1') && isUp('vnet1'));
    expect([passes(one, other), passes(other, one)]).toEqual([true, true]);
  });

  it('is in it again when somebody has deleted its bridge', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    ports.ip('link', 'delete', 'dev', link.bridge);
    await waitFor(() => isIn('vnet0') && isIn('vnet1'));
    await waitFor(() => passes(one, other) && passes(other, one));
  });

  it('is in it again when a helper that was killed on the way is followed by another', async () => {
    await ports.apply(0, silent);
    ports.plug('vnet0');
    await seen('vnet0');
    await change(1, { net: null });
    const killed = ports.rig.openMeddled('links-made', 1, 'die');
    await killed.apply(networksPlan(2, { net: silent }));
    const next = await ports.rig.open();
    await next.read();
    await next.close();
    await waitFor(() => isIn('vnet0') && isUp('vnet0'));
  });

  it('is isolated before it speaks, where guests are kept apart', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    await change(1, { net: null });
    await ports.apply(2, apart);
    let leaked = false;
    await waitFor(() => {
      leaked ||= passes(one, other);
      return isIn('vnet0') && isIn('vnet1') && isUp('vnet0') && isUp('vnet1');
    });
    expect([leaked, passes(one, other)]).toEqual([false, false]);
  });

  it('is silent until it has its filter, where every card is filtered', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await seen('vnet0', 'vnet1');
    await change(1, { net: null });
    await ports.apply(2, filtered('vnet1'));
    let leaked = false;
    await waitFor(() => {
      leaked ||= passes(one, other);
      return isIn('vnet0') && isIn('vnet1') && isUp('vnet1');
    });
    expect([leaked, isUp('vnet0')]).toEqual([false, false]);
    await ports.apply(3, filtered('vnet0', 'vnet1'));
    await waitFor(() => isUp('vnet0') && passes(one, other));
  });

  it('comes up with its filter also where it was kept down before already', async () => {
    await ports.apply(0, filtered());
    ports.plug('vnet0');
    await waitFor(() => note().includes('"closed":true'));
    await change(1, { net: null });
    await ports.apply(2, filtered());
    await waitFor(() => isIn('vnet0'));
    expect(isUp('vnet0')).toBe(false);
    await ports.apply(3, filtered('vnet0'));
    await waitFor(() => isUp('vnet0'));
  });

  it('is let be where it is by now, and so is what somebody has unplugged', async () => {
    await ports.apply(0, silent);
    for (const name of ['vnet0', 'vnet1', 'vnet2']) ports.plug(name);
    await seen('vnet0', 'vnet1', 'vnet2');
    ports.ip('link', 'set', 'dev', 'vnet1', 'nomaster');
    await waitFor(() => !note().includes('"vnet1"'));
    await change(1, { net: null });
    ports.ip('link', 'add', 'mine', 'type', 'bridge');
    ports.ip('link', 'set', 'dev', 'vnet0', 'master', 'mine');
    await ports.apply(2, silent);
    await waitFor(() => isIn('vnet2'));
    expect([isIn('vnet0', 'mine'), isIn('vnet1')]).toEqual([true, false]);
  });

  it('belongs to the network that it was moved to meanwhile', async () => {
    await change(0, { net: silent, else: elsewhere });
    for (const name of ['vnet0', 'vnet1']) ports.plug(name);
    await seen('vnet0', 'vnet1');
    await change(1, { net: null });
    ports.ip('link', 'set', 'dev', 'vnet0', 'master', 'gwelse');
    await waitFor(() => /"else".*"vnet0"/.test(note()) && !/"net".*"vnet0".*"else"/.test(note()));
    await change(2, { else: null });
    await ports.apply(3, silent);
    await waitFor(() => isIn('vnet1'));
    expect(isIn('vnet0')).toBe(false);
  });

  it('is not mixed up with another device of its name', async () => {
    await ports.apply(0, silent);
    for (const name of ['vnet0', 'vnet1']) ports.plug(name);
    await seen('vnet0', 'vnet1');
    await change(1, { net: null });
    ports.ip('link', 'delete', 'dev', 'vnet0');
    const namesake = ports.rig.namespace.run(() => openTap('vnet0'));
    await ports.apply(2, silent);
    await waitFor(() => isIn('vnet1'));
    expect(isIn('vnet0')).toBe(false);
    namesake.close();
  });
});
