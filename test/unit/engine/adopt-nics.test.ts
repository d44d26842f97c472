import { describe, expect, it } from 'vitest';
import { type Adopted, adoptPlugged } from '../../../main/engine/adopt-plugged.ts';
import type { Change } from '../../../main/engine/change.ts';
import type { Engine } from '../../../main/engine/engine.ts';
import { leftNics, waitingNics } from '../../../main/engine/networks/waiting-nics.ts';
import type { Workspace } from '../../../main/engine/workspace.ts';
import type { FoundMac } from '../../../main/machine/find-guest-mac.ts';
import type { GuestLink } from '../../../main/machine/guest-links.ts';
import { changed, create, destroy, failureOf, fresh, otherUuid, planned, xml } from './network-rig.ts';

const filter = (name: string): string => `<g:filter name='${name}'/>`;
const lab = changed(fresh, create(xml({ bridge: 'virbr5', settings: filter('clean-traffic') })));
const mac = 0x5254_0000_0102n;
const plugged = (device: string, bridge = 'virbr5'): GuestLink => ({ device, kind: 'tap', up: true, bridge });
const unplugged = (device: string): GuestLink => ({ ...plugged(device), bridge: undefined });
const adopt = (device: string, network = 'lab'): Change => ({
  change: 'adopt-nics',
  plugged: [{ device, network, mac }],
  gone: [],
});
const bind = (device: string, name: string): Change => {
  const span = { file: '', line: 1, column: 1, length: 0 };
  return { change: 'bind', binding: { device, mac, filter: name, parameters: {}, span }, replace: false };
};
const leave = (device: string): Change => ({ change: 'adopt-nics', plugged: [], gone: [device] });

describe('a NIC that somebody else has plugged in waits for a filter', () => {
  it.each<[string, Workspace, GuestLink, boolean]>([
    ['where its network has a default filter', lab, plugged('vnet0'), true],
    ['not where it has none', changed(fresh, create(xml({ bridge: 'virbr5' }))), plugged('vnet0'), false],
    ['not in another bridge', lab, plugged('vnet0', 'br0'), false],
    ['not in no bridge at all', lab, unplugged('vnet0'), false],
    ['not where it has the filter', changed(lab, adopt('vnet0')), plugged('vnet0'), false],
    [
      'not where somebody has attached another',
      changed(lab, bind('vnet0', 'no-mac-spoofing')),
      plugged('vnet0'),
      false,
    ],
    ['not where the network does not stand', changed(lab, destroy('lab')), plugged('vnet0'), false],
  ])('%s', (_, workspace, link, waits) => {
    const expected = waits ? [{ device: 'vnet0', network: 'lab', filter: 'clean-traffic' }] : [];
    expect(waitingNics(workspace, [link])).toEqual(expected);
  });
});

describe('adopting a NIC', () => {
  it("binds it to the network's default filter, by the guest's MAC address and one of its own", () => {
    const { workspace, notes, plan } = planned(lab, [adopt('vnet0')]);
    const { binding, text } = workspace.bindings.get('vnet0') ?? {};
    expect(binding).toMatchObject({ mac, adoptedBy: 'lab', filter: 'clean-traffic' });
    expect(binding?.parameters['IP']).toHaveLength(1);
    expect(text).toContain("guestward:adopted-by='lab'");
    expect(notes).toEqual([
      `52:54:00:00:01:02 keeps the address ${binding?.parameters['IP']?.[0]} of lab, so that its filter knows it.`,
    ]);
    expect(plan.definitions.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['binding vnet0', 'live-network lab']);
  });

  it('leaves what somebody has attached meanwhile', () => {
    const bound = changed(lab, bind('vnet0', 'no-mac-spoofing'));
    expect(changed(bound, adopt('vnet0')).bindings.get('vnet0')?.binding.filter).toBe('no-mac-spoofing');
  });

  it('is refused for a network that is gone', () => {
    expect(failureOf(lab, [adopt('vnet0', 'other')])).toEqual({ kind: 'network-not-found', network: 'other' });
  });

  it('ends with the NIC, but what somebody has attached himself does not', () => {
    const both = changed(lab, adopt('vnet0'), bind('vnet1', 'no-mac-spoofing'));
    expect(leftNics(both, [plugged('vnet0'), plugged('vnet1')])).toEqual([]);
    const left = [{ device: 'vnet0', network: 'lab' }];
    expect(leftNics(both, [plugged('vnet0', 'br0')])).toEqual(left);
    expect(leftNics(both, [])).toEqual(left);
    const after = changed(both, leave('vnet0'), leave('vnet1'));
    expect([...after.bindings.keys()]).toEqual(['vnet1']);
  });

  it('outlasts a network that is stopped, whose guests stay plugged in', () => {
    const stopped = changed(changed(lab, adopt('vnet0')), destroy('lab'));
    expect(leftNics(stopped, [plugged('vnet0')])).toEqual([]);
  });
});

/** An engine that plans and has nobody to apply it. */
function engineOf(start: Workspace) {
  let workspace = start;
  const engine: Pick<Engine, 'workspace' | 'apply'> = {
    get workspace() {
      return workspace;
    },
    apply(changes) {
      const made = planned(workspace, typeof changes === 'function' ? [] : changes);
      workspace = made.workspace;
      return Promise.resolve({
        ok: true,
        value: { ...made, nftText: undefined, helperMilliseconds: 0, activity: undefined },
      });
    },
  };
  return engine;
}

describe('what is plugged in, as the host shows it (the kernel is a double)', () => {
  async function look(
    start: Workspace,
    links: readonly GuestLink[],
    macs: Readonly<Record<string, bigint>>,
    wishes = {},
  ) {
    const engine = engineOf(start);
    const macsOf = () =>
      new Map(Object.entries(macs).map(([device, mac]): [string, FoundMac] => [device, { mac, source: 'libvirt' }]));
    const outcome = await adoptPlugged(engine, wishes, { links, macsOf });
    if (!outcome.ok) throw new Error(outcome.failure.kind);
    const told: Adopted = outcome.value;
    return { told, bound: [...engine.workspace.bindings.keys()] };
  }

  it('is adopted NIC by NIC, and one whose guest nobody knows is told by name', async () => {
    const { told, bound } = await look(lab, [plugged('vnet0'), plugged('vnet1'), plugged('vnet2')], {
      vnet0: mac,
      vnet2: mac + 1n,
    });
    expect(told.adopted.map(({ device }) => device)).toEqual(['vnet0', 'vnet2']);
    expect(told.left).toEqual([
      { device: 'vnet1', network: 'lab', filter: 'clean-traffic', failure: { kind: 'mac-unknown', device: 'vnet1' } },
    ]);
    expect(bound).toEqual(['vnet0', 'vnet2']);
  });

  it('loses its filter when it is unplugged', async () => {
    const { told, bound } = await look(changed(lab, adopt('vnet0')), [unplugged('vnet0')], {});
    expect(told.gone).toEqual(['vnet0']);
    expect(bound).toEqual([]);
  });

  it('is left alone on another network than the one that is meant, be it new or gone', async () => {
    const both = changed(
      lab,
      create(xml({ name: 'den', uuid: otherUuid, bridge: 'virbr6', ip: '10.6.6', settings: filter('clean-traffic') })),
    );
    const links = [plugged('vnet1'), plugged('vnet2', 'virbr6')];
    const { told, bound } = await look(
      changed(both, adopt('vnet0')),
      links,
      { vnet1: mac, vnet2: mac + 1n },
      { network: 'den' },
    );
    expect([told.adopted.map(({ device }) => device), told.gone]).toEqual([['vnet2'], []]);
    expect(bound).toEqual(['vnet0', 'vnet2']);
  });
});
