import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { createHelperRig, expectFailure, expectValue, type HelperRig } from './helper-rig.ts';
import { indexOf, lookAtHost } from './look-at-host.ts';
import { forwarding, networksPlan, serving, silent } from './sample-networks.ts';

let rig: HelperRig;

beforeEach(() => {
  rig = createHelperRig();
});

afterEach(() => {
  rig.destroy();
});

function run(program: string, ...args: readonly string[]): string {
  return rig.namespace.run(() => runTool(program, args));
}

function setting(name: string): string {
  return rig.namespace.run(() => readFileSync(`/proc/sys/net/${name}`, 'utf8').trim());
}

function write(name: string, value: string): void {
  rig.namespace.run(() => writeFileSync(`/proc/sys/net/${name}`, value));
}

async function applyAll(...plans: readonly Readonly<Record<string, NetworkSetup | null>>[]): Promise<void> {
  const helper = await rig.open();
  const { generation } = expectValue(await helper.read());
  for (const [index, setups] of plans.entries()) {
    expectValue(await helper.apply(networksPlan(generation + index, setups)));
  }
  await helper.close();
}

describe('a network that is started', () => {
  it('stands as its setup says', async () => {
    await applyAll({ plain: forwarding });
    const { links, addresses, routes, queues } = lookAtHost(rig);
    expect(links).toContain('gwtest0 bridge guestward:plain 1400 up ');
    expect(links).toContain('gwtap0 tun guestward:plain/uid=65534 1400 up gwtest0');
    expect(addresses).toEqual(['gwtest0 10.11.12.1/24', 'gwtest0 fd00:11::1/64']);
    expect(routes).toEqual(
      expect.arrayContaining(['10.50.0.0/16 10.11.12.2 gwtest0', 'fd00:50::/48 fd00:11::2 gwtest0']),
    );
    expect(queues).toEqual(expect.arrayContaining(['gwtest0 htb', 'gwtest0 ingress']));
    expect(run('/usr/sbin/tc', 'class', 'show', 'dev', 'gwtest0')).toMatch(/rate 8Mbit ceil 16Mbit burst 100Kb/);
    const details = run('/usr/sbin/ip', '-d', 'link', 'show', 'dev', 'gwtest0');
    expect(details).toMatch(/52:54:00:aa:bb:01/);
    expect(details).toMatch(/forward_delay 200 .* stp_state 1 /);
    expect(run('/usr/sbin/ip', '-d', 'link', 'show', 'dev', 'gwtap0')).toMatch(/isolated on/);
    expect([setting('ipv4/ip_forward'), setting('ipv6/conf/all/forwarding')]).toEqual(['1', '1']);
    expect(setting('ipv6/conf/gwtest0/accept_ra')).toBe('0');
    expect(setting('ipv6/conf/gwtap0/disable_ipv6')).toBe('1');
  });

  it('leaves no trace when it is taken away', async () => {
    run('/usr/sbin/ip', 'link', 'add', 'name', 'uplink', 'type', 'bridge');
    write('ipv4/conf/uplink/forwarding', '1');
    write('ipv4/conf/all/accept_redirects', '0');
    write('ipv6/conf/uplink/accept_ra', '1');
    const before = lookAtHost(rig);
    await applyAll({ plain: forwarding, silent });
    expect(setting('ipv6/conf/uplink/accept_ra')).toBe('2');
    await applyAll({ plain: null }, { silent: null });
    expect(lookAtHost(rig)).toEqual(before);
  });

  it('leaves the host forwarding while another network needs it, and where it forwarded before', async () => {
    const other: NetworkSetup = { ...silent, forwarding: ['ipv4'] };
    await applyAll({ plain: forwarding, other }, { plain: null });
    expect([setting('ipv4/ip_forward'), setting('ipv6/conf/all/forwarding')]).toEqual(['1', '0']);
    await applyAll({ other: null });
    expect(setting('ipv4/ip_forward')).toBe('0');
    write('ipv4/ip_forward', '1');
    await applyAll({ plain: forwarding }, { plain: null });
    expect(setting('ipv4/ip_forward')).toBe('1');
  });

  it('leaves the host forwarding where another program has come to masquerade meanwhile, as Docker does', async () => {
    await applyAll({ plain: forwarding });
    run('/usr/sbin/iptables-nft', ...'-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE'.split(' '));
    await applyAll({ plain: null });
    expect([setting('ipv4/ip_forward'), setting('ipv6/conf/all/forwarding')]).toEqual(['1', '0']);
  });

  it('is told in the reading, and how it does', async () => {
    await applyAll({ plain: forwarding });
    const helper = await rig.open();
    expect(expectValue(await helper.read())).toMatchObject({ setups: { plain: forwarding }, rebooted: false });
    run('/usr/sbin/ip', 'link', 'set', 'dev', 'gwtest0', 'down');
    expect(expectValue(await helper.networkStates())).toMatchObject({ networks: { plain: { bridgeUp: false } } });
    await helper.close();
  });

  it('comes back with the rules', async () => {
    await applyAll({ plain: forwarding });
    const before = lookAtHost(rig);
    rig.endKeeper();
    rig.nft('flush ruleset');
    for (const device of ['gwtap0', 'gwtest0']) run('/usr/sbin/ip', 'link', 'delete', 'dev', device);
    const helper = await rig.open();
    expect(expectValue(await helper.restore())).toMatchObject({ restored: true });
    await helper.close();
    expect(lookAtHost(rig)).toEqual(before);
  });
});

describe('a machine that was started again', () => {
  const bootId = '/proc/sys/kernel/random/boot_id';

  beforeEach(async () => {
    await applyAll({ plain: forwarding, silent });
    rig.endKeeper();
    rig.nft('flush ruleset');
    for (const device of ['gwtap0', 'gwtest0', 'gwtest1']) run('/usr/sbin/ip', 'link', 'delete', 'dev', device);
    for (const name of ['ipv4/ip_forward', 'ipv6/conf/all/forwarding']) write(name, '0');
    const other = join(rig.stateDir, '..', 'boot-id');
    writeFileSync(other, '00000000-0000-4000-8000-000000000000\n');
    runTool('/bin/mount', ['--bind', other, bootId]);
  });

  afterEach(() => {
    runTool('/bin/umount', [bootId]);
  });

  it('has its networks brought back on request', async () => {
    const helper = await rig.open();
    expect(expectValue(await helper.read())).toMatchObject({ status: 'lost', rebooted: true });
    expect(expectValue(await helper.restore())).toMatchObject({ restored: true });
    expect(expectValue(await helper.read())).toMatchObject({ status: 'current', rebooted: false });
    await helper.close();
    expect([setting('ipv4/ip_forward'), setting('ipv6/conf/all/forwarding')]).toEqual(['1', '1']);
    expect(lookAtHost(rig).addresses).toEqual(['gwtest0 10.11.12.1/24', 'gwtest0 fd00:11::1/64']);
    await applyAll({ plain: null, silent: null });
    expect([setting('ipv4/ip_forward'), setting('ipv6/conf/all/forwarding')]).toEqual(['0', '0']);
  });

  it('has those alone that the next plan leaves standing', async () => {
    await applyAll({ plain: null });
    expect(lookAtHost(rig).links.filter((link) => link.startsWith('gw'))).toEqual([
      'gwtest1 bridge guestward:silent 1500 up ',
    ]);
    expect(setting('ipv4/ip_forward')).toBe('0');
  });
});

describe('a network that stands', () => {
  const changes: readonly (readonly [string, NetworkSetup])[] = [
    ['mtu', { ...forwarding, link: { ...linkOf(forwarding), mtu: 1300 } }],
    ['mtu that nobody gives any more', { ...forwarding, link: withoutMtu(linkOf(forwarding)) }],
    ['stp and delay', { ...forwarding, link: { ...linkOf(forwarding), stp: false, forwardDelay: 0 } }],
    [
      'addresses',
      {
        ...forwarding,
        addresses: [
          { address: '10.11.12.7', prefix: 24, prefixRoute: true },
          { address: 'fd00:11::7', prefix: 64, prefixRoute: true },
        ],
      },
    ],
    ['routes', { ...forwarding, routes: [{ destination: '10.60.0.0/16', gateway: '10.11.12.2', metric: 7 }] }],
    ['bandwidth', { ...forwarding, bandwidth: { inbound: { average: 77 } } }],
    ['TAPs', { ...forwarding, taps: [{ device: 'gwtap1', owner: 7, isolated: false, bandwidth: {} }] }],
  ];

  it.each(changes)('changes its %s in place, to what a start would have made', async (_, changed) => {
    await applyAll({ plain: forwarding });
    const index = indexOf(rig, 'gwtest0');
    run('/usr/sbin/ip', 'link', 'add', 'name', 'guest', 'master', 'gwtest0', 'type', 'veth', 'peer', 'name', 'far');
    await applyAll({ plain: changed });
    expect(indexOf(rig, 'gwtest0')).toBe(index);
    expect(lookAtHost(rig).links.find((link) => link.startsWith('guest '))).toMatch(/ gwtest0$/);
    run('/usr/sbin/ip', 'link', 'delete', 'dev', 'guest');
    const found = lookAtHost(rig);
    rig.destroy();
    rig = createHelperRig();
    await applyAll({ plain: changed });
    expect(found).toEqual(lookAtHost(rig));
  });

  it('leaves addresses and routes alone that somebody else has put there', async () => {
    await applyAll({ plain: forwarding });
    run('/usr/sbin/ip', 'address', 'add', '192.0.2.1/24', 'dev', 'gwtest0');
    await applyAll({ plain: { ...forwarding, addresses: forwarding.addresses.slice(0, 1), routes: [] } });
    expect(lookAtHost(rig).addresses).toEqual(['gwtest0 10.11.12.1/24', 'gwtest0 192.0.2.1/24']);
  });
});

describe("what is the host's", () => {
  it.each(['gwtest0', 'gwtap0'])('is not taken for a network: %s', async (device) => {
    run('/usr/sbin/ip', 'link', 'add', 'name', device, 'type', 'bridge');
    const before = lookAtHost(rig);
    const helper = await rig.open();
    expect(expectFailure(await helper.apply(networksPlan(0, { plain: forwarding })))).toEqual({
      kind: 'device-taken',
      network: 'plain',
      device,
    });
    await helper.close();
    expect(lookAtHost(rig)).toEqual(before);
    expect(rig.listing()).toEqual([]);
  });

  it('keeps its addresses', async () => {
    run('/usr/sbin/ip', 'link', 'add', 'name', 'uplink', 'type', 'bridge');
    run('/usr/sbin/ip', 'address', 'add', '10.11.12.1/16', 'dev', 'uplink');
    const before = lookAtHost(rig);
    const helper = await rig.open();
    const failure = expectFailure(await helper.apply(networksPlan(0, { plain: forwarding })));
    expect(failure).toMatchObject({ kind: 'address-taken', address: '10.11.12.1', device: 'uplink' });
    await helper.close();
    expect(lookAtHost(rig)).toEqual(before);
  });

  it('joins no device but a TAP to a bridge of its own', async () => {
    run('/usr/sbin/ip', 'link', 'add', 'name', 'br0', 'type', 'bridge');
    const { link: _, ...rest } = silent;
    const before = lookAtHost(rig);
    await applyAll({ joined: { ...rest, hostBridge: 'br0', taps: forwarding.taps } });
    expect(lookAtHost(rig).links).toContain('gwtap0 tun guestward:joined/uid=65534 1500 up br0');
    await applyAll({ joined: null });
    expect(lookAtHost(rig)).toEqual(before);
  });
});

describe('a network that cannot be brought about', () => {
  it('leaves the others as they were, and nothing of itself', async () => {
    await applyAll({ silent });
    const before = lookAtHost(rig);
    const rules = rig.listing();
    const helper = await rig.open();
    // A route that the kernel refuses when all else stands: its gateway is the network's own broadcast address.
    const failing = { ...forwarding, routes: [{ destination: '10.50.0.0/16', gateway: '10.11.12.255' }] };
    const failure = expectFailure(await helper.apply(networksPlan(1, { plain: failing })));
    expect(failure).toMatchObject({ kind: 'network-failed', network: 'plain', step: 'routes' });
    expect(lookAtHost(rig)).toEqual(before);
    expect(rig.listing()).toEqual(rules);
    expectValue(await helper.apply(networksPlan(1, { plain: forwarding })));
    await helper.close();
  });

  it('because a program has the port of its DNS leaves nothing of itself', async () => {
    const holder: ChildProcess = rig.namespace.run(() => spawn('/usr/bin/busybox', ['nc', '-l', '-p', '53']));
    try {
      while (!run('/usr/bin/ss', '-Hltn').includes(':53 ')) await setTimeout(10);
      const before = lookAtHost(rig);
      const helper = await rig.open();
      const served = { ...forwarding, dnsmasq: serving };
      const failure = expectFailure(await helper.apply(networksPlan(0, { plain: served })));
      expect(failure).toMatchObject({ kind: 'dnsmasq-failed', network: 'plain' });
      await helper.close();
      expect(lookAtHost(rig)).toEqual(before);
      expect(rig.listing()).toEqual([]);
    } finally {
      holder.kill();
    }
  });
});

function withoutMtu({ mtu: _, ...rest }: NonNullable<NetworkSetup['link']>): NonNullable<NetworkSetup['link']> {
  return rest;
}

function linkOf({ link }: NetworkSetup): NonNullable<NetworkSetup['link']> {
  if (link === undefined) throw new Error('this network has no bridge of its own');
  return link;
}
