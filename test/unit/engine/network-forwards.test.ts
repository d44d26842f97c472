import { describe, expect, test } from 'vitest';
import type { EngineFailure } from '../../../main/engine/failure.ts';
import type { Port } from '../../../shared/network/port.ts';
import {
  applyLive,
  changed,
  define,
  destroy,
  failureOf,
  forwards,
  fresh,
  otherUuid,
  planned,
  type Surroundings,
  start,
  stored,
  undefine,
  xml,
} from './network-rig.ts';

const toWeb = xml({ settings: forwards("guest='web'") });
const lab = changed(fresh, define(toWeb));
const webMac = 0x5254_0000_0001n;
const hostsOf = (workspace: typeof lab, side: 'persistent' | 'live' = 'persistent') =>
  stored(workspace, 'lab')[side]?.document.ips[0]?.dhcp?.hosts.map(({ mac, name, address }) => ({
    mac,
    name,
    address,
  }));

/** Where the rules of a workspace send forwarded packets. */
function targetsOf({ ruleset }: typeof lab): ReadonlySet<string> {
  const rules = Object.values(ruleset.inet.chains).flatMap((chain) => chain.rules);
  return new Set(rules.flatMap(({ statement }) => (statement.do === 'dnat' ? [statement.address] : [])));
}

const port = (changes: Partial<Port> = {}): Port => ({
  device: 'gw0',
  network: 'lab',
  guest: 'web',
  mac: webMac,
  owner: 1000,
  filter: undefined,
  portGroup: undefined,
  ...changes,
});
const createPort = (changes: Partial<Port> = {}) => ({ change: 'create-port', port: port(changes) }) as const;

describe('a port that is forwarded to a guest by its name', () => {
  test('gives the guest an address of its own, the same whenever it is asked for, and says so', () => {
    const { workspace, notes } = planned(fresh, [define(toWeb)]);
    const [host] = hostsOf(workspace) ?? [];
    expect(host).toMatchObject({ name: 'web', mac: undefined });
    expect(Number(host?.address.split('.')[3])).toBeGreaterThanOrEqual(100);
    expect(notes).toEqual([
      `web had no fixed IPv4 address in lab and now keeps ${host?.address}, so that forwarded ports find it.`,
    ]);
    expect(hostsOf(planned(fresh, [define(toWeb)]).workspace)).toEqual([host]);
  });

  test('leads there in the kernel', () => {
    const [host] = hostsOf(lab) ?? [];
    expect([...targetsOf(changed(lab, start('lab')))]).toEqual([host?.address]);
  });

  test.each<[string, string, Surroundings, readonly object[]]>([
    [
      'the static host that it has',
      xml({ settings: forwards("guest='web'"), dhcp: "<host mac='52:54:00:00:00:01' name='WEB' ip='10.5.5.7'/>" }),
      {},
      [{ mac: webMac, name: 'WEB', address: '10.5.5.7' }],
    ],
    [
      'the address that it has leased',
      toWeb,
      { leases: { lab: [{ name: 'web', mac: webMac, address: '10.5.5.104' }] } },
      [{ mac: webMac, name: 'web', address: '10.5.5.104' }],
    ],
    [
      'the address that its MAC address has leased',
      xml({ settings: forwards("mac='52:54:00:00:00:01'") }),
      { leases: { lab: [{ name: 'whoever', mac: webMac, address: '10.5.5.104' }] } },
      [{ mac: webMac, name: undefined, address: '10.5.5.104' }],
    ],
  ])('goes by %s', (_, text, around, expected) => {
    expect(hostsOf(planned(fresh, [define(text)], around).workspace)).toEqual(expected);
  });

  test('goes by the MAC address of the port that has its name', () => {
    const host = "<host mac='52:54:00:00:00:01' ip='10.5.5.7'/>";
    const there = changed(fresh, define(xml({ dhcp: host })), start('lab'), createPort());
    const text = xml({ dhcp: host, settings: forwards("guest='web'") });
    const { workspace, warnings } = planned(there, [applyLive('lab', text)]);
    expect([...targetsOf(workspace)]).toEqual(['10.5.5.7']);
    expect(warnings).toEqual([]);
  });

  test('takes no address that somebody has', () => {
    const [free] = hostsOf(lab) ?? [];
    const leases = { lab: [{ name: 'other', mac: 5n, address: free?.address ?? '' }] };
    const [host] = hostsOf(planned(fresh, [define(toWeb)], { leases }).workspace) ?? [];
    expect(host?.name).toBe('web');
    expect(host?.address).not.toBe(free?.address);
  });
});

describe('in a network that has DHCPv6, a port that is forwarded', () => {
  const served = (hosts = '') =>
    `<ip family='ipv6' address='fd05::1' prefix='64'><dhcp><range start='fd05::100' end='fd05::1ff'/>${hosts}</dhcp></ip>`;
  const hosts6 = (workspace: typeof lab) =>
    stored(workspace, 'lab').persistent?.document.ips[1]?.dhcp?.hosts.map(({ name, address }) => ({ name, address }));
  const dnsmasqHost = (workspace: typeof lab, address = '') =>
    changed(workspace, start('lab')).setups['lab']?.dnsmasq?.hosts.find((host) => host.address === address);
  const inRange = expect.stringMatching(/^fd05::1[0-9a-f]{2}$/);
  const mac = '52:54:00:00:00:01';

  test.each<[string, string, string, Surroundings, object, object]>([
    ['by name', "guest='web'", '', {}, { name: 'web', address: inRange }, { name: 'web' }],
    [
      'by the name of one whose MAC address a lease tells',
      "guest='web'",
      '',
      { leases: { lab: [{ name: 'web', mac: webMac, address: '10.5.5.104' }] } },
      { name: 'web', address: inRange },
      { name: 'web', mac },
    ],
    [
      'by the name of one whose static host has none yet',
      "guest='web'",
      `<host mac='${mac}' ip='10.5.5.7'/>`,
      { leases: { lab: [{ name: 'web', mac: webMac, address: '10.5.5.7' }] } },
      { name: 'web', address: inRange },
      { name: 'web', mac },
    ],
    ['by MAC address', `mac='${mac}'`, '', {}, { name: '52-54-00-00-00-01', address: inRange }, { mac }],
    [
      'by the MAC address of one that has a name',
      `mac='${mac}'`,
      `<host mac='${mac}' name='web' ip='10.5.5.7'/>`,
      {},
      { name: 'web', address: inRange },
      { name: 'web', mac },
    ],
    [
      'to one that has a lease',
      "guest='web'",
      '',
      { leases: { lab: [{ name: 'web', mac: webMac, address: 'fd05::123' }] } },
      { name: 'web', address: 'fd05::123' },
      { name: 'web', mac },
    ],
  ])('%s leads to an IPv6 address of the guest as well', (_, guest, dhcp, around, host, line) => {
    const { workspace } = planned(fresh, [define(xml({ settings: forwards(guest), dhcp, rest: served() }))], around);
    const [found] = hosts6(workspace) ?? [];
    expect(found).toEqual(host);
    expect(dnsmasqHost(workspace, found?.address)).toEqual({ ...line, address: found?.address });
    const [ipv4] = hostsOf(workspace) ?? [];
    expect([...targetsOf(changed(workspace, start('lab')))]).toEqual([ipv4?.address, found?.address]);
  });

  test('leads to the host that its DUID has', () => {
    const given = served("<host id='00:03:00:01:52:54:00:00:00:01' name='web' ip='fd05::7'/>");
    const workspace = changed(fresh, define(xml({ settings: forwards("guest='web'"), rest: given })));
    expect(hosts6(workspace)).toEqual([{ name: 'web', address: 'fd05::7' }]);
    expect(dnsmasqHost(workspace, 'fd05::7')).not.toHaveProperty('mac');
  });

  test('does without where DHCPv6 is for static hosts alone', () => {
    const rest = served("<host name='other' ip='fd05::7'/>").replace(/<range [^>]*>/, '');
    const workspace = changed(fresh, define(xml({ settings: forwards("guest='web'"), rest })));
    expect(hosts6(workspace)).toEqual([{ name: 'other', address: 'fd05::7' }]);
    expect([...targetsOf(changed(workspace, start('lab')))]).toHaveLength(1);
  });

  test('finds the guest of a port, which knows its MAC address', () => {
    const there = changed(fresh, define(xml({ settings: forwards("guest='web'"), rest: served() })), createPort());
    const [host] = hosts6(there) ?? [];
    expect(dnsmasqHost(there, host?.address)).toMatchObject({ name: 'web', mac });
  });

  test('gives the address to the filter of a port', () => {
    const there = changed(fresh, define(xml({ rest: served() })), createPort({ filter: 'clean-traffic' }));
    expect(there.bindings.get('gw0')?.binding.parameters['IPV6']).toEqual([hosts6(there)?.[0]?.address]);
  });
});

const inUse = { protocol: 'tcp', port: 8080, process: 'nginx', pid: 7 } as const;
const sshd = [{ ...inUse, address: '0.0.0.0' }];
const noDhcp =
  "<network><name>lab</name><metadata><g:settings xmlns:g='https://guestward.org/xmlns/network/1.0'>" +
  `${forwards("guest='web'")}</g:settings></metadata><forward mode='nat'/><ip address='10.5.5.1' prefix='24'/></network>`;
const twoGuests = xml({ settings: forwards("guest='a'", "guest='b'") }).replaceAll(
  "end='10.5.5.120'",
  "end='10.5.5.100'",
);

test.each<[string, string, Surroundings, Partial<EngineFailure>]>([
  [
    'of another network',
    xml({ name: 'other', uuid: otherUuid, ip: '10.6.6', settings: forwards("address='10.6.6.7'") }),
    {},
    { kind: 'forward-taken', network: 'other', protocol: 'tcp', port: 8080, by: 'lab' },
  ],
  [
    'of a process',
    xml({ name: 'other', uuid: otherUuid, settings: forwards("address='10.5.5.7'") }).replace("'8080'", "'8090'"),
    { listeners: [{ ...inUse, port: 8090, address: '::' }] },
    { kind: 'port-in-use', network: 'other', protocol: 'tcp', port: 8090, process: 'nginx', pid: 7 },
  ],
  [
    'of a process that only the host reaches',
    xml({ name: 'other', uuid: otherUuid, settings: forwards("address='10.5.5.7'") }).replace("'8080'", "'8090'"),
    { listeners: [{ ...inUse, port: 8090, address: '127.0.0.1' }] },
    { kind: 'port-in-use', network: 'other', protocol: 'tcp', port: 8090, process: 'nginx', pid: 7 },
  ],
])('a port of the host %s cannot be forwarded', (_, text, around, failure) => {
  expect(failureOf(lab, [define(text)], around)).toEqual(failure);
});

test.each<[string, string, EngineFailure]>([
  ['has no DHCP', noDhcp, { kind: 'guest-unpinned', network: 'lab', guest: 'web', reason: 'the network has no DHCP' }],
  [
    'has no address left',
    twoGuests,
    { kind: 'guest-unpinned', network: 'lab', guest: 'b', reason: 'no address of its DHCP ranges is left' },
  ],
])('a guest cannot be forwarded to by name in a network that %s', (_, text, failure) => {
  expect(failureOf(fresh, [define(text)])).toEqual(failure);
});

test.each([
  ['one at ::1, which is not forwarded', '::1'],
  ['a resolver that only the host reaches', '127.0.0.53'],
  ["one on a network's own bridge", '10.5.5.1'],
])('a process is not in the way: %s', (_, address) => {
  expect(planned(lab, [start('lab')], { listeners: [{ ...inUse, address }] }).workspace.networks.size).toBe(1);
});

test('a forward that stands is not refused for who waits on its port since', () => {
  const running = changed(lab, start('lab'));
  expect(planned(running, [applyLive('lab', toWeb)], { listeners: sshd }).plan.networks).toBeUndefined();
  expect(failureOf(lab, [start('lab')], { listeners: sshd }).kind).toBe('port-in-use');
});

test('a forward whose time is over goes at the next plan', () => {
  const until = (date: string) => xml({ settings: forwards(`address='10.5.5.7' expires='${date}'`) });
  // The rig's clock shows 2027-01-15.
  const before = changed(fresh, define(until('2027-01-16T00:00:00Z')), start('lab'));
  expect(stored(before, 'lab').live?.document.settings.forwards).toHaveLength(1);
  const { workspace, plan } = planned(before, [], { now: Date.parse('2027-01-17') / 1000 });
  expect(stored(workspace, 'lab').live?.document.settings.forwards).toEqual([]);
  expect(stored(workspace, 'lab').persistent?.document.settings.forwards).toEqual([]);
  expect(plan.definitions.map(({ kind }) => kind).toSorted()).toEqual(['live-network', 'network']);
});

describe('a port of a network', () => {
  const groups =
    "<portgroup name='slow' default='yes'><bandwidth><inbound average='100'/></bandwidth></portgroup><portgroup name='apart'><port isolated='yes'/></portgroup>";
  const running = changed(fresh, define(xml({ rest: groups })), start('lab'));

  test('is a TAP that comes and goes with the network', () => {
    const there = changed(running, createPort());
    expect(there.setups['lab']?.taps).toEqual([
      { device: 'gw0', owner: 1000, isolated: false, bandwidth: { inbound: { average: 100 } } },
    ]);
    const down = changed(there, destroy('lab'));
    expect([...down.ports.keys()]).toEqual(['gw0']);
    expect(changed(down, start('lab')).setups).toEqual(there.setups);
    expect(changed(there, { change: 'delete-port', device: 'gw0' }).setups).toEqual(running.setups);
  });

  test('is of the group that it names', () => {
    expect(changed(running, createPort({ portGroup: 'apart' })).setups['lab']?.taps).toMatchObject([
      { isolated: true, bandwidth: {} },
    ]);
  });

  test("is filtered by the network's default filter, which knows its address", () => {
    const text = xml({
      settings: "<g:filter name='clean-traffic'/>",
      dhcp: "<host mac='52:54:00:00:00:01' ip='10.5.5.7'/>",
    });
    const there = changed(fresh, define(text), createPort());
    expect(there.bindings.get('gw0')?.binding).toMatchObject({
      filter: 'clean-traffic',
      mac: webMac,
      parameters: { IP: ['10.5.5.7'] },
    });
    const gone = planned(there, [{ change: 'delete-port', device: 'gw0' }]);
    expect(gone.workspace.bindings.size).toBe(0);
    expect(gone.plan.definitions).toEqual([
      { kind: 'binding', name: 'gw0', text: null },
      { kind: 'port', name: 'gw0', text: null },
    ]);
  });

  test('gets an address of its own where it has none and its filter asks for one', () => {
    const { workspace, notes } = planned(running, [createPort({ filter: 'clean-traffic' })]);
    const [host] = hostsOf(workspace, 'live') ?? [];
    expect(host).toMatchObject({ mac: webMac, name: 'web' });
    expect(hostsOf(workspace)).toEqual([host]);
    expect(workspace.bindings.get('gw0')?.binding.parameters).toEqual({ IP: [host?.address] });
    expect(notes).toEqual([`web keeps the address ${host?.address} of lab, so that its filter knows it.`]);
  });

  test('tells its MAC address to the static host that was made for its name', () => {
    const { workspace, warnings } = planned(changed(lab, start('lab')), [createPort({ filter: 'clean-traffic' })]);
    const [host] = hostsOf(lab) ?? [];
    expect(hostsOf(workspace)).toEqual([{ ...host, mac: webMac }]);
    expect(hostsOf(workspace, 'live')).toEqual([{ ...host, mac: webMac }]);
    expect(workspace.bindings.get('gw0')?.binding.parameters).toEqual({ IP: [host?.address] });
    expect(warnings).toEqual([]);
  });

  test('goes with its network', () => {
    const there = changed(running, createPort({ filter: 'clean-traffic' }));
    const { workspace } = planned(there, [destroy('lab'), undefine('lab')]);
    expect([workspace.ports.size, workspace.bindings.size]).toEqual([0, 0]);
  });

  test.each<[string, Partial<Port>, EngineFailure]>([
    ['that is there', { device: 'gw1' }, { kind: 'port-exists', device: 'gw1', network: 'lab' }],
    ['that is a device of the host', { device: 'wlan0' }, { kind: 'port-exists', device: 'wlan0', network: undefined }],
    ['of no network', { network: 'nope' }, { kind: 'network-not-found', network: 'nope' }],
    ['of no group', { portGroup: 'fast' }, { kind: 'port-group-not-found', network: 'lab', portGroup: 'fast' }],
    ['with a filter that is not there', { filter: 'nope' }, { kind: 'filter-not-found', name: 'nope' }],
  ])('%s is refused', (_, changes, failure) => {
    const there = changed(running, createPort({ device: 'gw1' }));
    expect(failureOf(there, [createPort(changes)])).toEqual(failure);
  });

  describe('that is moved to another network', () => {
    const other = xml({ name: 'den', uuid: otherUuid, ip: '10.6.6' });
    const both = changed(running, define(other), start('den'));
    const move = (network: string) => ({ change: 'move-port', device: 'gw0', network }) as const;

    test('is a TAP of that one, and its filter knows the address there', () => {
      const { workspace, notes } = planned(changed(both, createPort({ filter: 'clean-traffic' })), [move('den')]);
      expect(workspace.setups['lab']?.taps).toEqual([]);
      expect(workspace.setups['den']?.taps).toMatchObject([{ device: 'gw0', owner: 1000 }]);
      expect(workspace.ports.get('gw0')).toMatchObject({ network: 'den', filter: 'clean-traffic' });
      const binding = workspace.bindings.get('gw0')?.binding;
      expect([binding?.filter, binding?.parameters['IP']]).toEqual([
        'clean-traffic',
        [expect.stringMatching(/^10\.6\.6\./)],
      ]);
      expect(notes.join()).toContain('keeps its address of lab until it asks for another');
    });

    test('keeps a filter that was attached since', () => {
      const span = { file: 'x', line: 1, column: 1, length: 0 };
      const mine = { device: 'gw0', mac: webMac, filter: 'no-mac-spoofing', parameters: {}, span };
      const made = changed(both, createPort({ filter: 'clean-traffic' }));
      const there = changed(made, { change: 'bind', binding: mine, replace: true });
      const { workspace, notes } = planned(there, [move('den')]);
      expect(workspace.bindings.get('gw0')?.binding.filter).toBe('no-mac-spoofing');
      expect(notes.join()).toContain('gw0 keeps its filter no-mac-spoofing as it is');
    });

    test('stays open where it was open', () => {
      const { workspace } = planned(changed(both, createPort()), [move('den')]);
      expect([workspace.ports.get('gw0')?.network, workspace.bindings.size]).toEqual(['den', 0]);
    });

    test('and is there already changes nothing', () => {
      const there = changed(both, createPort());
      expect(planned(there, [move('lab')]).plan.networks).toBeUndefined();
    });

    test.each<[string, string, EngineFailure]>([
      ['to no network', 'nope', { kind: 'network-not-found', network: 'nope' }],
      ['without its group', 'den', { kind: 'port-group-not-found', network: 'den', portGroup: 'apart' }],
    ])('%s is refused', (_, network, failure) => {
      expect(failureOf(changed(both, createPort({ portGroup: 'apart' })), [move(network)])).toEqual(failure);
    });
  });

  test('is not there to be deleted', () => {
    const failure = failureOf(running, [{ change: 'delete-port', device: 'gw9' }]);
    expect(failure).toEqual({ kind: 'port-not-found', device: 'gw9' });
  });
});
