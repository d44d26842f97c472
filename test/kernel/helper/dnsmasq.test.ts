import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dnsmasqState } from '../../../main/helper/dnsmasq/dnsmasq-state.ts';
import { forgetStrayLeases } from '../../../main/helper/dnsmasq/forget-stray-leases.ts';
import { reconcileDnsmasq } from '../../../main/helper/dnsmasq/reconcile-dnsmasq.ts';
import { findServiceUser } from '../../../main/helper/service-user.ts';
import type { DnsmasqSetup, NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { createDnsmasqRig, type DnsmasqRig, lookUp, networkOn, plainDnsmasq } from './dnsmasq-rig.ts';

const mac = '52:54:00:00:00:01';
const range = { family: 'ipv4', low: '10.71.0.100', high: '10.71.0.200', prefix: 24 } as const;
const home = (more: Partial<DnsmasqSetup> = {}) => networkOn('gwb1', { ranges: [range], ...more });

let rig: DnsmasqRig;

beforeEach(() => {
  rig = createDnsmasqRig();
  rig.addBridge('gwb1', '10.71.0.1/24', 'fd00:71::1/64');
});

afterEach(async () => {
  await reconcileDnsmasq(rig.places, new Map());
  rig.destroy();
});

async function reconcile(wanted: Readonly<Record<string, NetworkSetup>>): Promise<void> {
  const outcome = await reconcileDnsmasq(rig.places, new Map(Object.entries(wanted)));
  expect(outcome).toEqual({ ok: true, value: undefined });
}

function pidOf(network: string, setup: NetworkSetup): number {
  const { dnsmasq } = dnsmasqState(rig.places, network, setup);
  if (dnsmasq?.running !== true) throw new Error(`it does not run: ${JSON.stringify(dnsmasq)}`);
  return dnsmasq.pid;
}

/** dnsmasq reads its lists some time after the signal. */
async function until<T>(look: () => T | Promise<T>, wanted: T): Promise<void> {
  for (let tries = 0; tries < 200 && (await look()) !== wanted; tries += 1) await setTimeout(20);
  expect(await look()).toBe(wanted);
}

describe('dnsmasq of a network', () => {
  it('gives guests addresses of its range and knows their names', async () => {
    const setup = home({ dns: withHosts(['10.71.0.7', 'printer']), domain: { name: 'home.test', localOnly: true } });
    await reconcile({ home: setup });
    expect(rig.askForAddress('gwb1', mac)).toMatch(/^10\.71\.0\.(?:1[0-9]{2}|200)$/);
    expect(dnsmasqState(rig.places, 'home', setup).leases).toContain(mac);
    expect(await lookUp('10.71.0.1', 'printer.home.test')).toBe('10.71.0.7');
    expect(await lookUp('10.71.0.1', 'nobody.home.test')).toBe('ENOTFOUND');
  });

  it('runs as a user without rights, where there is one, and reads no configuration but ours', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    expect(statSync(`/proc/${pid}`).uid).toBe(findServiceUser('dnsmasq')?.uid ?? 0);
    const conf = join(rig.places.run, 'dnsmasq/gwb1.conf');
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(1)).toEqual([`--conf-file=${conf}`, '']);
  });

  it('leaves the state folder closed, and what it reads unwritable to it', async () => {
    await reconcile({ home: home() });
    rig.askForAddress('gwb1', mac);
    const modeOf = (path: string) => [statSync(path).uid, (statSync(path).mode & 0o777).toString(8)];
    expect(modeOf(rig.places.state)).toEqual([0, '700']);
    expect(modeOf(join(rig.places.state, 'leases'))).toEqual([0, '700']);
    expect(modeOf(join(rig.places.state, 'leases/home.leases'))).toEqual([0, '600']);
    expect(modeOf(join(rig.places.run, 'dnsmasq'))).toEqual([0, '711']);
    expect(modeOf(join(rig.places.run, 'dnsmasq/gwb1.hosts'))).toEqual([0, '640']);
    expect(modeOf(join(rig.places.run, 'dnsmasq/gwb1.conf'))).toEqual([0, '600']);
  });

  it('serves also where systemd-resolved, which could ask it for the host, is not there', async () => {
    const setup = { ...home(), resolve: { domain: 'home.test', server: '10.71.0.1' } };
    await reconcile({ home: setup });
    expect(existsSync('/run/systemd/resolve')).toBe(false);
    expect(existsSync(join(rig.places.run, 'dnsmasq/gwb1.resolve'))).toBe(false);
    expect(pidOf('home', setup)).toBeGreaterThan(1);
  });

  it('is left alone when nothing has changed', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    await reconcile({ home: home() });
    expect(pidOf('home', home())).toBe(pid);
  });

  it('learns of a static host and a name without a restart', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    const changed = home({
      hosts: [{ mac, address: '10.71.0.10', name: 'first' }],
      dns: withHosts(['10.71.0.8', 'scanner']),
    });
    await reconcile({ home: changed });
    await until(() => lookUp('10.71.0.1', 'scanner'), '10.71.0.8');
    expect(rig.askForAddress('gwb1', mac)).toBe('10.71.0.10');
    expect(await lookUp('10.71.0.1', 'first')).toBe('10.71.0.10');
    expect(pidOf('home', changed)).toBe(pid);
  });

  it('is told of new lists by the next helper where one was killed before it could', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    writeFileSync(join(rig.places.run, 'dnsmasq/gwb1.names'), '10.71.0.9\tlate\n');
    writeFileSync(join(rig.places.run, 'dnsmasq/gwb1.stale'), '');
    await reconcile({ home: home({ dns: withHosts(['10.71.0.9', 'late']) }) });
    await until(() => lookUp('10.71.0.1', 'late'), '10.71.0.9');
    expect(pidOf('home', home())).toBe(pid);
  });

  it('is started again where its configuration has changed, and guests keep their addresses', async () => {
    await reconcile({ home: home() });
    const [pid, address] = [pidOf('home', home()), rig.askForAddress('gwb1', mac)];
    const changed = home({ domain: { name: 'other.test', localOnly: false } });
    await reconcile({ home: changed });
    expect(pidOf('home', changed)).not.toBe(pid);
    expect(rig.askForAddress('gwb1', mac)).toBe(address);
  });

  it('remembers addresses after the network was stopped, until it is told to forget', async () => {
    await reconcile({ home: home() });
    rig.askForAddress('gwb1', mac);
    const { leases } = dnsmasqState(rig.places, 'home', home());
    await reconcile({});
    expect(dnsmasqState(rig.places, 'home', home()).leases).toBe(leases);
    forgetStrayLeases(rig.places, (network) => network === 'home');
    expect(dnsmasqState(rig.places, 'home', home()).leases).toBe(leases);
    forgetStrayLeases(rig.places, () => false);
    expect(dnsmasqState(rig.places, 'home', home()).leases).toBe('');
  });

  it('goes without a trace but the leases', async () => {
    await reconcile({ home: home({ dns: withHosts(['10.71.0.7', 'printer']) }) });
    const pid = pidOf('home', home());
    await reconcile({});
    expect(existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toBeFalsy();
    expect(readdirSync(rig.places.run)).toEqual([]);
    expect(readdirSync(rig.places.state)).toEqual(['leases']);
  });

  it('comes back where it was killed', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    process.kill(pid, 'SIGKILL');
    await until(() => dnsmasqState(rig.places, 'home', home()).dnsmasq?.running, false);
    await reconcile({ home: home() });
    expect(pidOf('home', home())).not.toBe(pid);
  });

  it('waits for one that is ending to let go of its ports', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await reconcile({ home: home() });
      const pid = pidOf('home', home());
      process.kill(pid, 'SIGKILL');
      // As soon as nobody serves, which is before the ports are free.
      while (dnsmasqState(rig.places, 'home', home()).dnsmasq?.running === true);
    }
    await reconcile({ home: home() });
  });

  it('is found without its pid file, and ended', async () => {
    await reconcile({ home: home() });
    const pid = pidOf('home', home());
    writeFileSync(join(rig.places.run, 'dnsmasq/gwb1.pid'), `${process.pid}\n`);
    expect(pidOf('home', home())).toBe(pid);
    await reconcile({});
    expect(existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toBeFalsy();
  });
});

describe('all that a setup can say', () => {
  const range6 = { family: 'ipv6', low: 'fd00:71::100', high: 'fd00:71::1ff', prefix: 64 } as const;

  it.each<readonly [string, Partial<DnsmasqSetup>]>([
    [
      'DHCP',
      {
        ranges: [
          { ...range, lease: 120 },
          { ...range6, lease: 'infinite' },
        ],
        bootp: { file: 'p.0' },
      },
    ],
    [
      'static hosts',
      {
        ranges: [],
        staticOnly: [
          { family: 'ipv4', subnet: '10.71.0.0/24' },
          { family: 'ipv6', subnet: 'fd00:71::/64' },
        ],
        hosts: [
          { mac, id: '01:02', name: 'a', address: '10.71.0.5', lease: 'infinite' },
          { id: '00:01:00:01', name: 'b', address: 'fd00:71::5' },
          { name: 'c', address: '10.71.0.6', lease: 300 },
        ],
      },
    ],
    ['addresses that guests make beside', { ranges: [range, { ...range6, slaac: true, lease: 3600 }] }],
    [
      'addresses that guests make beside static hosts',
      { ranges: [range], staticOnly: [{ family: 'ipv6', subnet: 'fd00:71::/64', slaac: true }] },
    ],
    ['an isolated network', { offersRouter: false, ranges: [range], routerAdvertisements: ['fd00:71::/64'] }],
    ['files to boot from', { tftpRoot: '/', bootp: { file: 'p.0', server: '10.71.0.9' } }],
    ['a relay', { ranges: [], relay: { local: '10.71.0.1', server: '192.0.2.1', uplink: 'lo' } }],
    [
      'DNS',
      {
        domain: { name: 'home.test', localOnly: true },
        dns: {
          forwardPlainNames: false,
          forwarders: [
            { address: '192.0.2.1', port: 54 },
            { domain: 'a.test' },
            { address: 'fd00::1', domain: 'b.test' },
          ],
          hosts: [{ address: 'fd00:71::7', names: ['x', 'y.z'] }],
          txts: [{ name: 't', value: "it's # \\ a text" }],
          srvs: [{ name: '_a._tcp', target: 'x', port: 1 }, { name: '_b._udp' }],
          localPtr: ['10.71.0.0/20', 'fd00:71::/62'],
        },
      },
    ],
  ])('is understood by dnsmasq: %s', async (_, setup) => {
    await reconcile({ home: home(setup) });
    expect(pidOf('home', home(setup))).toBeGreaterThan(1);
  });
});

describe('two networks at once', () => {
  it('each serve their own guests and names', async () => {
    rig.addBridge('gwb2', '10.72.0.1/24');
    const other = networkOn('gwb2', {
      ranges: [{ ...range, low: '10.72.0.50', high: '10.72.0.50' }],
      dns: withHosts(['10.72.0.7', 'printer']),
    });
    await reconcile({ home: home({ dns: withHosts(['10.71.0.7', 'printer']) }), other });
    expect(rig.askForAddress('gwb2', mac)).toBe('10.72.0.50');
    expect(rig.askForAddress('gwb1', mac)).toMatch(/^10\.71\.0\./);
    expect(await lookUp('10.71.0.1', 'printer')).toBe('10.71.0.7');
    expect(await lookUp('10.72.0.1', 'printer')).toBe('10.72.0.7');
    const pid = pidOf('other', other);
    await reconcile({ other });
    expect(dnsmasqState(rig.places, 'home', home()).dnsmasq).toMatchObject({ running: false });
    expect(pidOf('other', other)).toBe(pid);
  });
});

describe('a dnsmasq that cannot start', () => {
  let taker: Server;

  beforeEach(async () => {
    taker = createServer();
    await new Promise<void>((done) => taker.listen(53, '0.0.0.0', done));
  });
  afterEach(() => void taker.close());

  it('says so in its own words and names who has the port', async () => {
    const outcome = await reconcileDnsmasq(rig.places, new Map([['home', home()]]));
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        kind: 'dnsmasq-failed',
        network: 'home',
        message: expect.stringContaining('Address already in use'),
        holder: expect.stringContaining(`(process ${process.pid})`),
      },
    });
    const { dnsmasq } = dnsmasqState(rig.places, 'home', home());
    expect(dnsmasq).toEqual({ running: false, words: expect.stringContaining('10.71.0.1: Address already in use') });
  });

  it('keeps no other network from starting', async () => {
    const { dns: _, ...silent } = plainDnsmasq;
    const ranges = [{ ...range, low: '10.72.0.50', high: '10.72.0.50' }];
    const deaf = { ...networkOn('gwb2', {}), dnsmasq: { ...silent, ranges } };
    rig.addBridge('gwb2', '10.72.0.1/24');
    expect(await reconcileDnsmasq(rig.places, new Map(Object.entries({ home: home(), deaf })))).toMatchObject({
      failure: { network: 'home' },
    });
    expect(rig.askForAddress('gwb2', mac)).toBe('10.72.0.50');
  });
});

describe("options of dnsmasq's own", () => {
  const setup = home({ options: ['address=/opt.test/10.71.0.99'] });

  it('are refused until root has allowed them', async () => {
    await reconcile({});
    expect(await reconcileDnsmasq(rig.places, new Map([['home', setup]]))).toMatchObject({
      failure: { kind: 'options-not-allowed', path: join(rig.places.state, 'allow-dnsmasq-options') },
    });
    writeFileSync(join(rig.places.state, 'allow-dnsmasq-options'), '');
    await reconcile({ home: setup });
    expect(await lookUp('10.71.0.1', 'opt.test')).toBe('10.71.0.99');
  });
});

function withHosts(...hosts: readonly (readonly [string, string])[]): DnsmasqSetup['dns'] {
  const dns = plainDnsmasq.dns;
  if (dns === undefined) return dns;
  return { ...dns, hosts: hosts.map(([address, name]) => ({ address, names: [name] })) };
}
