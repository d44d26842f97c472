import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { waitFor } from '../rig/wait-for.ts';
import { createForeignPorts, type ForeignPorts, passes } from './foreign-ports.ts';
import { silent } from './sample-networks.ts';

const { link } = silent;
const apart: NetworkSetup = { ...silent, ...(link === undefined ? {} : { link: { ...link, isolated: true } }) };

let ports: ForeignPorts;

beforeEach(() => {
  ports = createForeignPorts();
});

afterEach(() => {
  ports.close();
});

const isIsolated = (name: string): boolean => ports.show(name).includes('isolated on');

describe('ports that others plug into a bridge', () => {
  it('reach each other where guests are not kept apart', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    expect([passes(one, other), passes(other, one)]).toEqual([true, true]);
  });

  it('do not where they are, whether they were there before or come later', async () => {
    await ports.apply(0, silent);
    const [one, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    await ports.apply(1, apart);
    await waitFor(() => isIsolated('vnet0') && isIsolated('vnet1'));
    expect([passes(one, other), passes(other, one)]).toEqual([false, false]);
    const later = ports.plug('vnet2');
    await waitFor(() => isIsolated('vnet2'));
    expect([passes(later, one), passes(one, later)]).toEqual([false, false]);
  });

  it('reach each other again when guests are not kept apart any more, unless somebody else has isolated them', async () => {
    await ports.apply(0, apart);
    const [one, other, theirs] = [ports.plug('vnet0'), ports.plug('vnet1'), ports.plug('vnet2')];
    await waitFor(() => ['vnet0', 'vnet1', 'vnet2'].every(isIsolated));
    await ports.apply(1, silent);
    await waitFor(() => !['vnet0', 'vnet1', 'vnet2'].some(isIsolated));
    expect([passes(one, other), passes(theirs, one)]).toEqual([true, true]);

    ports.ip('link', 'set', 'vnet2', 'type', 'bridge_slave', 'isolated', 'on');
    await ports.apply(2, apart);
    await waitFor(() => isIsolated('vnet0') && isIsolated('vnet1'));
    await ports.apply(3, silent);
    await waitFor(() => !isIsolated('vnet0') && !isIsolated('vnet1'));
    expect(isIsolated('vnet2')).toBe(true);
  });

  it('are none of ours in a bridge that is not', async () => {
    await ports.apply(0, apart);
    ports.plug('vnet0');
    ports.ip('link', 'add', 'mine', 'type', 'bridge');
    ports.ip('link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1');
    ports.ip('link', 'set', 'veth0', 'master', 'mine');
    await waitFor(() => isIsolated('vnet0'));
    expect(isIsolated('veth0')).toBe(false);
  });
});
