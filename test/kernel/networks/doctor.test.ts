import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcileAccepts } from '../../../main/helper/accepts/reconcile-accepts.ts';
import { inspectHost } from '../../../main/helper/inspect.ts';
import { hostNetworks } from '../../../main/machine/host-networks.ts';
import { hostSettings } from '../../../main/machine/host-settings.ts';
import { diagnose } from '../../../main/networks/doctor/diagnose.ts';
import type { Finding } from '../../../main/networks/doctor/finding.ts';
import type { Cure, NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { succeed } from '../../../shared/plan/outcome.ts';
import { networkDocument } from '../../unit/networks/doctor/sample-network.ts';
import { runTool } from '../rig/run-tool.ts';
import { createFirewalledHost, type FirewalledHost, iptables, nft, restoreFilter, setup } from './firewalled-host.ts';

let host: FirewalledHost;
let run: string;

beforeEach(() => {
  host = createFirewalledHost();
  run = mkdtempSync(join(tmpdir(), 'guestward-doctor-'));
});

afterEach(() => {
  host.close();
  rmSync(run, { recursive: true });
});

async function start(cures: readonly Cure[] = []): Promise<void> {
  const network: NetworkSetup = { ...setup, cures: [...cures] };
  expect(await reconcileAccepts(new Map([['blue', network]]), run)).toEqual({ ok: true, value: undefined });
}

async function stop(): Promise<void> {
  expect(await reconcileAccepts(new Map(), run)).toEqual({ ok: true, value: undefined });
}

async function examine(): Promise<readonly Finding[]> {
  const inspected = await inspectHost({ run: async (args) => succeed(runTool('/usr/sbin/nft', args)) });
  if (!inspected.ok) throw new Error(inspected.failure.kind);
  const facts = { host: hostNetworks(), settings: hostSettings(), inspection: inspected.value, rulesLost: false };
  const state = { bridgeUp: true, leases: '', accepts: [] };
  return diagnose(facts, [{ document: networkDocument, setup, state }]);
}

const curesOf = (findings: readonly Finding[]): readonly Cure[] =>
  findings.flatMap(({ cure }) => (cure === undefined ? [] : [cure.cure]));

const culprits: readonly {
  readonly name: string;
  readonly write: () => void;
  readonly found: Partial<Finding>;
  readonly input?: boolean;
}[] = [
  {
    name: 'a rule of iptables-nft',
    write: () => iptables('iptables-nft', '-A FORWARD -s 10.7.0.0/24 -j DROP'),
    found: {
      code: 'dropped-by-name',
      culprit: { place: 'iptables table filter chain FORWARD', rule: '-A FORWARD -s 10.7.0.0/24 -j DROP' },
    },
  },
  {
    name: 'a rule of iptables-legacy',
    write: () => iptables('iptables-legacy', '-A FORWARD -i gwbr0 -j REJECT'),
    found: {
      code: 'dropped-by-name',
      culprit: {
        place: 'iptables-legacy table filter chain FORWARD',
        rule: '-A FORWARD -i gwbr0 -j REJECT --reject-with icmp-port-unreachable',
      },
    },
  },
  {
    name: "a rule in one of Docker's chains",
    write: () =>
      restoreFilter(
        'iptables-nft',
        ':DOCKER-USER - [0:0]\n:DOCKER-FORWARD - [0:0]\n-A FORWARD -j DOCKER-USER\n-A FORWARD -j DOCKER-FORWARD\n-A DOCKER-FORWARD ! -i docker0 -s 10.0.0.0/8 -j DROP',
      ),
    found: { code: 'docker', cure: { cure: acceptFirst('DOCKER-USER'), sentence: expect.any(String) as string } },
  },
  {
    name: "a rule of ufw's",
    write: () =>
      restoreFilter(
        'iptables-nft',
        ':INPUT DROP [0:0]\n:ufw-user-input - [0:0]\n-A INPUT -j ufw-user-input\n-A ufw-user-input -s 10.7.0.0/24 -j DROP',
      ),
    found: {
      code: 'ufw',
      // Guests may have no address yet, and are then not dropped.
      severity: 'warning',
      culprit: { place: 'iptables table filter chain ufw-user-input', rule: expect.any(String) as string },
    },
    input: true,
  },
  {
    name: 'a rule of nft with a set',
    write: () =>
      nft(`table inet mine {
        set quarantined { type ipv4_addr; flags interval; elements = { 10.7.0.0/16, 203.0.113.1 }; }
        chain forward { type filter hook forward priority 0; ip saddr @quarantined counter drop comment "quarantine"; }
      }`),
    found: {
      code: 'dropped-by-name',
      culprit: {
        place: 'nft table inet mine chain forward',
        rule: 'nfproto ipv4 saddr { 10.7.0.0/16, 203.0.113.1 } drop comment "quarantine" # handle 3',
      },
    },
  },
];

function acceptFirst(chain: string): Cure {
  return { cure: 'accept-first', tool: 'nft', family: 'ip', table: 'filter', chain, hook: 'forward' };
}

describe('the doctor', () => {
  for (const { name, write, found, input = false } of culprits) {
    it(`names ${name} that drops a network's packets, and mends it`, async () => {
      write();
      const before = host.rules();
      const reaches = input ? host.guestReachesHost : host.guestReachesLan;
      await start();
      expect(reaches()).toBe(false);
      const findings = await examine();
      expect(findings).toMatchObject([{ network: 'blue', severity: 'error', ...found }]);

      await start(curesOf(findings));
      expect(reaches()).toBe(true);
      expect(await examine()).toEqual([]);

      await stop();
      expect(host.rules()).toBe(before);
    });
  }

  it('finds nothing beside a default that the network passes, and the default itself where it does not', async () => {
    iptables('iptables-nft', '-P FORWARD DROP');
    expect(await examine()).toMatchObject([
      { code: 'default-drop', culprit: { place: 'iptables table filter chain FORWARD', rule: 'policy drop' } },
    ]);
    await start();
    expect(await examine()).toEqual([]);
  });

  it("names a VPN's kill switch, and leads nobody around it", async () => {
    nft(`table inet vpn {
      chain out { type filter hook output priority 0; policy drop; oifname { "lo", "wg0" } accept; }
      chain forward { type filter hook forward priority 0; policy drop; oifname "wg0" accept; }
    }`);
    await start();
    const findings = await examine();
    expect(findings.map(({ code }) => code)).toContain('vpn-kill-switch');
    expect(curesOf(findings)).toEqual([]);
  });
});

describe('a cure that is a setting', () => {
  const loose = '/proc/sys/net/ipv4/conf/up0/rp_filter';
  const bridged = '/proc/sys/net/bridge/bridge-nf-call-iptables';
  const read = (path: string) => readFileSync(path, 'utf8').trim();

  it('stands while the network does, and is undone once', async () => {
    writeFileSync(loose, '1');
    const cure = { cure: 'loose-rp-filter', device: 'up0' } as const;
    await start([cure]);
    expect(read(loose)).toBe('2');
    await start([cure]);
    await stop();
    expect(read(loose)).toBe('1');
    expect(readdirSync(run)).toEqual([]);
    writeFileSync(loose, '2');
    await stop();
    expect(read(loose)).toBe('2');
  });

  it('leaves alone what somebody has set since', async () => {
    writeFileSync(loose, '1');
    await start([{ cure: 'loose-rp-filter', device: 'up0' }]);
    writeFileSync(loose, '0');
    await stop();
    expect(read(loose)).toBe('0');
  });

  it('takes router advertisements on a host that forwards, and puts back what somebody has not set since', async () => {
    const acceptRa = '/proc/sys/net/ipv6/conf/up0/accept_ra';
    const cure = { cure: 'accept-ra', device: 'up0' } as const;
    writeFileSync(acceptRa, '1');
    await start([cure]);
    expect(read(acceptRa)).toBe('2');
    await start([cure]);
    await stop();
    expect(read(acceptRa)).toBe('1');
    await start([cure]);
    writeFileSync(acceptRa, '0');
    await stop();
    expect(read(acceptRa)).toBe('0');
    expect(readdirSync(run)).toEqual([]);
  });

  it('is not carried out for a device that is not there', async () => {
    await start([{ cure: 'loose-rp-filter', device: 'gone0' }]);
    expect(readdirSync(run)).toEqual([]);
  });

  it('keeps bridged packets out of the firewall, but for filters that need them there', async () => {
    writeFileSync(bridged, '1');
    await start([{ cure: 'bridge-nf-off' }]);
    expect(read(bridged)).toBe('0');
    await stop();
    expect(read(bridged)).toBe('1');
    nft('table inet guestward { chain gw_packets-out { type filter hook prerouting priority -199; }; }');
    await start([{ cure: 'bridge-nf-off' }]);
    expect(read(bridged)).toBe('1');
  });
});

describe.runIf(existsSync('/usr/sbin/firewalld'))("beside Debian's firewalld, where it is installed", () => {
  const daemons: ChildProcess[] = [];

  afterEach(async () => {
    for (const daemon of daemons.splice(0).reverse()) {
      const ended = new Promise((done) => daemon.once('exit', done));
      daemon.kill();
      await ended;
    }
  });

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((next) => setTimeout(next, 100));
  }

  const zoneOf = (bridge: string): string => {
    try {
      return runTool('/usr/bin/firewall-cmd', [`--get-zone-of-interface=${bridge}`]).trim();
    } catch {
      return '';
    }
  };

  it('names its rule, and puts the bridge into a zone until the network is stopped', async () => {
    mkdirSync('/run/dbus', { recursive: true });
    daemons.push(spawn('/usr/bin/dbus-daemon', ['--system', '--nofork', '--nopidfile'], { stdio: 'ignore' }));
    await until(() => existsSync('/run/dbus/system_bus_socket'));
    daemons.push(spawn('/usr/sbin/firewalld', ['--nofork', '--nopid'], { stdio: 'ignore' }));
    await until(() => {
      try {
        return runTool('/usr/bin/firewall-cmd', ['--state']).trim() === 'running';
      } catch {
        return false;
      }
    });
    const before = host.rules();
    expect(before).toContain('table inet firewalld');

    await start();
    expect(host.rules()).toBe(before);
    expect(host.guestReachesLan()).toBe(false);
    const findings = await examine();
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['firewalld']));

    await start(curesOf(findings).slice(0, 1));
    expect(zoneOf('gwbr0')).not.toBe('');
    expect(host.guestReachesLan()).toBe(true);
    expect(await examine()).toEqual([]);

    runTool('/usr/bin/firewall-cmd', ['--reload']);
    await start(curesOf(findings).slice(0, 1));
    expect(host.guestReachesLan(), 'after a reload').toBe(true);

    await stop();
    expect(zoneOf('gwbr0')).toBe('');
    expect(host.guestReachesLan()).toBe(false);
  });
});
