import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { waitFor } from '../rig/wait-for.ts';
import { createForeignPorts, type ForeignPorts, passes } from './foreign-ports.ts';
import { silent } from './sample-networks.ts';

const filtering = (...admits: readonly string[]): NetworkSetup => ({ ...silent, admits: [...admits] });

let ports: ForeignPorts;

beforeEach(() => {
  ports = createForeignPorts();
});

afterEach(() => {
  ports.close();
});

const isUp = (name: string): boolean => /<[^>]*\bUP\b/.test(ports.show(name));

describe('NICs that others plug into a bridge whose NICs are all to be filtered', () => {
  it('are kept down until they have a filter, whether they were there before or come later', async () => {
    await ports.apply(0, silent);
    const [before, other] = [ports.plug('vnet0'), ports.plug('vnet1')];
    expect(passes(before, other)).toBe(true);
    await ports.apply(1, filtering('vnet1'));
    await waitFor(() => !isUp('vnet0'));
    const later = ports.plug('vnet2');
    await waitFor(() => !isUp('vnet2'));
    expect([isUp('vnet1'), passes(before, other), passes(later, other), passes(other, before)]).toEqual([
      true,
      false,
      false,
      false,
    ]);

    await ports.apply(2, filtering('vnet0', 'vnet1'));
    await waitFor(() => isUp('vnet0'));
    expect([passes(before, other), passes(other, before), isUp('vnet2')]).toEqual([true, true, false]);
  });

  it('go down again when somebody else brings them up', async () => {
    await ports.apply(0, filtering());
    ports.plug('vnet0');
    await waitFor(() => !isUp('vnet0'));
    ports.ip('link', 'set', 'dev', 'vnet0', 'up');
    await waitFor(() => !isUp('vnet0'));
  });

  it('come up again where the network no longer filters, but not those that somebody else has taken down', async () => {
    await ports.apply(0, filtering('vnet1'));
    ports.plug('vnet0');
    ports.plug('vnet1');
    await waitFor(() => !isUp('vnet0'));
    ports.ip('link', 'set', 'dev', 'vnet1', 'down');
    await ports.apply(1, silent);
    await waitFor(() => isUp('vnet0'));
    expect(isUp('vnet1')).toBe(false);
  });
});
