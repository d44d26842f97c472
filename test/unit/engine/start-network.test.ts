import { describe, expect, test } from 'vitest';
import type { EngineFailure } from '../../../main/engine/failure.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { address, host, laptop, link, route } from '../networks/choose/host.ts';
import {
  applyLive,
  autostart,
  changed,
  create,
  define,
  destroy,
  failureOf,
  fresh,
  otherUuid,
  planned,
  start,
  stored,
  undefine,
  xml,
} from './network-rig.ts';

const lab = changed(fresh, define(xml({})));
const running = changed(lab, start('lab'));
const bindVnet = {
  change: 'bind',
  replace: false,
  binding: {
    device: 'vnet0',
    filter: 'clean-traffic',
    mac: 0x5254_0000_0001n,
    parameters: { IP: ['10.5.5.9'] },
    span: { file: 'test', line: 1, column: 1, length: 0 },
  },
} as const;

describe('a network that is started', () => {
  test('has rules and a setup, and leaves neither when it is destroyed', () => {
    const { plan, workspace } = planned(lab, [start('lab')]);
    expect(plan.operations).not.toEqual([]);
    expect(plan.networks).toMatchObject([{ network: 'lab', setup: { link: { bridge: 'gwbr0' } } }]);
    expect(plan.definitions).toMatchObject([{ kind: 'live-network', name: 'lab' }]);
    const down = planned(workspace, [destroy('lab')]);
    expect(down.plan.networks).toEqual([{ network: 'lab', setup: null }]);
    expect(down.plan.definitions).toEqual([{ kind: 'live-network', name: 'lab', text: null }]);
    expect(down.workspace.ruleset).toEqual(emptyRuleset);
    expect(stored(down.workspace, 'lab').persistent).toBeDefined();
  });

  test('has the same rules in whatever order the networks were read', () => {
    const other = changed(running, create(xml({ name: 'other', uuid: otherUuid, ip: '10.6.6' })));
    const reversed = { ...other, networks: new Map([...other.networks].toReversed()) };
    expect(planned(reversed, [autostart('lab')]).plan.operations).toEqual([]);
  });

  test('vanishes when it is destroyed and has no definition', () => {
    const created = changed(fresh, create(xml({})));
    expect(changed(created, destroy('lab')).networks.size).toBe(0);
    expect(changed(running, undefine('lab'), destroy('lab')).networks.size).toBe(0);
  });

  test('does not touch the setup of another', () => {
    const other = define(xml({ name: 'other', uuid: otherUuid, ip: '10.6.6' }));
    expect(planned(running, [other, start('other')]).plan.networks?.map(({ network }) => network)).toEqual(['other']);
  });

  test('stays as it is while filters come and go, and they while it does', () => {
    const filtered = changed(running, bindVnet);
    const alone = changed(fresh, bindVnet);
    expect(filtered.ruleset.bridge).toEqual(alone.ruleset.bridge);
    expect(changed(filtered, destroy('lab')).ruleset).toEqual(alone.ruleset);
    expect(changed(filtered, { change: 'delete-binding', device: 'vnet0' }).ruleset).toEqual(running.ruleset);
  });

  test('keeps the rules that it has in a plan that knows filters alone', async () => {
    const { planChanges } = await import('../../../main/engine/plan-changes.ts');
    const { nftablesBackend } = await import('../../../main/compiler/backends/nftables/nftables-backend.ts');
    const outcome = planChanges(running, [bindVnet], nftablesBackend, fresh.filters, () => otherUuid);
    if (!outcome.ok) throw new Error(outcome.failure.kind);
    expect(outcome.value.workspace.ruleset.inet).toMatchObject(running.ruleset.inet);
    expect(outcome.value.plan.networks).toBeUndefined();
    expect(outcome.value.plan.operations.filter(({ op }) => op.startsWith('delete'))).toEqual([]);
  });

  test('needs no packets of bridges to be shown for its own sake', () => {
    expect(planned(lab, [start('lab')]).plan.bridgeNetfilter).toBe(false);
  });
});

const lan = host({ ...laptop, addresses: [address('wlan0', '10.5.5.20/24')] });

test.each<[string, HostFacts, EngineFailure]>([
  [
    'its subnet is that of the LAN',
    lan,
    {
      kind: 'subnet-taken',
      network: 'lab',
      overlaps: [
        {
          network: 'lab',
          subnet: '10.5.5.0/24',
          rival: { kind: 'address', device: 'wlan0', link: 'wireless', subnet: '10.5.5.0/24' },
          blocks: true,
        },
      ],
    },
  ],
  [
    'the host has a device of the name of its bridge',
    host({ links: [link('gwbr0', 'bridge')] }),
    { kind: 'bridge-taken', network: 'lab', bridge: 'gwbr0', by: undefined },
  ],
])('a network does not start where %s', (_, facts, failure) => {
  expect(failureOf(lab, [start('lab')], { facts })).toEqual(failure);
});

test('a network starts beside a wide route', () => {
  const facts = host({ ...laptop, routes: [route('10.0.0.0/8', 'tun0')] });
  expect(stored(planned(lab, [start('lab')], { facts }).workspace, 'lab').live).toBeDefined();
});

test('a network does not start over another that stands', () => {
  const both = changed(running, define(xml({ name: 'other', uuid: otherUuid })));
  expect(failureOf(both, [start('other')])).toMatchObject({
    kind: 'subnet-taken',
    overlaps: [{ rival: { kind: 'network', name: 'lab' } }],
  });
});

test.each<[string, string, HostFacts, EngineFailure]>([
  [
    'a bridge of the host that is not there',
    "<network><name>lab</name><forward mode='bridge'/><bridge name='br9'/></network>",
    laptop,
    { kind: 'bridge-missing', network: 'lab', bridge: 'br9' },
  ],
])('%s is refused', (_, text, facts, failure) => {
  expect(failureOf(fresh, [create(text)], { facts })).toEqual(failure);
});

describe('a network that changes while it stands', () => {
  test('is changed in place', () => {
    const { plan, workspace } = planned(running, [
      applyLive('lab', xml({ dhcp: "<host mac='52:54:00:00:00:01' ip='10.5.5.7'/>" })),
    ]);
    expect(plan.networks).toMatchObject([{ network: 'lab', setup: { dnsmasq: { hosts: [{ address: '10.5.5.7' }] } } }]);
    expect(stored(workspace, 'lab').persistent?.text).toBe(stored(running, 'lab').persistent?.text);
    expect(workspace.ruleset).toEqual(running.ruleset);
  });

  test('has nothing to do where nothing changes', () => {
    const { plan } = planned(running, [applyLive('lab', xml({}))]);
    expect([plan.networks, plan.operations]).toEqual([undefined, []]);
  });

  test('keeps its subnet where the host has come to a LAN of the same one', () => {
    const text = xml({ rest: "<domain name='lab.internal'/>" });
    expect(planned(running, [applyLive('lab', text)], { facts: lan }).plan.networks).toHaveLength(1);
    expect(failureOf(running, [applyLive('lab', xml({ ip: '192.168.1' }))]).kind).toBe('subnet-taken');
  });

  test.each<[string, string, EngineFailure]>([
    [
      'the name of its bridge',
      xml({ bridge: 'br-new' }),
      { kind: 'needs-restart', network: 'lab', what: 'the name of its bridge' },
    ],
    [
      'the name',
      xml({ name: 'other', uuid: otherUuid, ip: '10.6.6' }),
      { kind: 'network-name-mismatch', network: 'lab', given: 'other' },
    ],
  ])('cannot change %s', (_, text, failure) => {
    expect(failureOf(running, [applyLive('lab', text)])).toEqual(failure);
  });
});

describe('virsh net-update', () => {
  const update = (live: boolean, config: boolean) =>
    ({
      change: 'update-network',
      network: 'lab',
      command: 'add-last',
      section: 'ip-dhcp-host',
      text: "<host mac='52:54:00:00:00:01' ip='10.5.5.7'/>",
      file: 'host.xml',
      parentIndex: -1,
      live,
      config,
    }) as const;
  const hosts = (
    text:
      | {
          readonly document: {
            readonly ips: readonly { readonly dhcp: { readonly hosts: readonly unknown[] } | undefined }[];
          };
        }
      | undefined,
  ) => text?.document.ips[0]?.dhcp?.hosts.length;

  test.each([
    ['live', true, false, 1, 0],
    ['config', false, true, 0, 1],
    ['live and config', true, true, 1, 1],
    ['neither of a network that stands', false, false, 1, 0],
  ])('of %s changes that', (_, live, config, inLive, inConfig) => {
    const { live: after, persistent } = stored(changed(running, update(live, config)), 'lab');
    expect([hosts(after), hosts(persistent)]).toEqual([inLive, inConfig]);
  });

  test.each<[string, boolean, boolean, EngineFailure]>([
    ['live of what does not stand', true, false, { kind: 'network-inactive', network: 'lab' }],
  ])('of %s is refused', (_, live, config, failure) => {
    expect(failureOf(lab, [update(live, config)])).toEqual(failure);
  });
});

describe('after the machine has been started', () => {
  const both = changed(running, define(xml({ name: 'other', uuid: otherUuid, ip: '10.6.6' })), start('other'));
  const before = changed(
    both,
    autostart('other'),
    create(xml({ name: 'passing', uuid: otherUuid.replace('9', '8'), ip: '10.7.7' })),
  );

  test('networks that start with it stand, and no others', () => {
    const { plan, workspace } = planned(before, [], { rebooted: true });
    expect([...workspace.networks.values()].map(({ name, live }) => [name, live !== undefined])).toEqual([
      ['lab', false],
      ['other', true],
    ]);
    expect(plan.networks?.map(({ network, setup }) => [network, setup !== null])).toEqual([
      ['lab', false],
      ['passing', false],
      ['other', true],
    ]);
  });

  test('one whose subnet is taken meanwhile stays down, and it is said why', () => {
    const facts = host({ addresses: [address('wlan0', '10.6.6.20/24')] });
    const { workspace, notes } = planned(before, [], { rebooted: true, facts });
    expect(stored(workspace, 'other').live).toBeUndefined();
    expect(notes).toEqual(['other could not start: its subnet overlaps 10.6.6.0/24.']);
  });
});

test('cures stay with a network until it goes', () => {
  const cures = [{ cure: 'loose-rp-filter', device: 'wlan0' }] as const;
  const cured = changed(running, { change: 'cure-network', network: 'lab', cures });
  expect(cured.setups['lab']?.cures).toEqual(cures);
  expect(changed(cured, applyLive('lab', xml({ rest: "<domain name='x'/>" }))).setups['lab']?.cures).toEqual(cures);
  expect(changed(changed(cured, destroy('lab')), start('lab')).setups['lab']?.cures).toEqual([]);
});
