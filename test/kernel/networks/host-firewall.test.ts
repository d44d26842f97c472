import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAccepts } from '../../../main/helper/accepts/list-accepts.ts';
import { reconcileAccepts } from '../../../main/helper/accepts/reconcile-accepts.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { runTool } from '../rig/run-tool.ts';
import { createFirewalledHost, type FirewalledHost, iptables, nft, restoreFilter, setup } from './firewalled-host.ts';

let host: FirewalledHost;

beforeEach(() => {
  host = createFirewalledHost();
});

afterEach(() => {
  host.close();
});

const started = new Map<string, NetworkSetup>([['blue', setup]]);

async function reconcile(wanted: ReadonlyMap<string, NetworkSetup>): Promise<void> {
  expect(await reconcileAccepts(wanted)).toEqual({ ok: true, value: undefined });
}

/** As Docker writes them. */
const docker = `
:DOCKER - [0:0]
:DOCKER-FORWARD - [0:0]
:DOCKER-USER - [0:0]
:FORWARD DROP [0:0]
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-FORWARD
-A DOCKER-USER -j RETURN
-A DOCKER-FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-FORWARD -o docker0 -j DOCKER
-A DOCKER-FORWARD -i docker0 -j ACCEPT
-A DOCKER ! -i docker0 -o docker0 -j DROP
`;

/** The shape of ufw's chains with its defaults deny (incoming) and deny (routed). */
const ufw = `
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:ufw-before-input - [0:0]
:ufw-after-input - [0:0]
:ufw-after-logging-input - [0:0]
:ufw-not-local - [0:0]
:ufw-reject-forward - [0:0]
:ufw-before-forward - [0:0]
:ufw-skip-to-policy-input - [0:0]
:ufw-user-input - [0:0]
-A INPUT -j ufw-before-input
-A INPUT -j ufw-after-input
-A INPUT -j ufw-after-logging-input
-A FORWARD -j ufw-before-forward
-A FORWARD -j ufw-reject-forward
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-input -m conntrack --ctstate INVALID -j DROP
-A ufw-before-input -p udp --sport 67 --dport 68 -j ACCEPT
-A ufw-before-input -j ufw-not-local
-A ufw-before-input -j ufw-user-input
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -m addrtype --dst-type BROADCAST -j RETURN
-A ufw-not-local -j DROP
-A ufw-after-input -p udp --dport 67 -j ufw-skip-to-policy-input
-A ufw-after-logging-input -m limit --limit 3/min -j LOG --log-prefix "[UFW BLOCK] "
-A ufw-skip-to-policy-input -j DROP
-A ufw-reject-forward -j REJECT --reject-with icmp-port-unreachable
-A ufw-user-input -p tcp --dport 22 -j ACCEPT
`;

/** A firewall of a host's own whose default would eat what the network promises. */
const defaults: readonly { readonly name: string; readonly write: () => void; readonly input?: boolean }[] = [
  { name: 'iptables-nft -P FORWARD DROP', write: () => iptables('iptables-nft', '-P FORWARD DROP') },
  { name: 'iptables-legacy -P FORWARD DROP', write: () => iptables('iptables-legacy', '-P FORWARD DROP') },
  {
    name: 'iptables-legacy -P INPUT DROP',
    write: () => iptables('iptables-legacy', '-P INPUT DROP'),
    input: true,
  },
  { name: 'Docker of iptables-nft', write: () => restoreFilter('iptables-nft', docker) },
  { name: 'Docker of iptables-legacy', write: () => restoreFilter('iptables-legacy', docker) },
  { name: 'ufw', write: () => restoreFilter('iptables-nft', ufw), input: true },
  { name: 'ufw of iptables-legacy', write: () => restoreFilter('iptables-legacy', ufw), input: true },
  {
    name: 'an nft table with the policy drop',
    write: () =>
      nft(`table inet filter {
        chain input { type filter hook input priority filter; policy drop; iifname "lo" accept; ct state established accept; }
        chain forward { type filter hook forward priority filter + 5; policy drop; }
      }`),
    input: true,
  },
  {
    name: 'an nft table that rejects last, after a chain of its own',
    write: () =>
      nft(`table inet firewall {
        chain services { tcp dport 22 accept; ip saddr 203.0.113.9 drop; counter reject with icmpx type admin-prohibited; }
        chain input { type filter hook input priority 0; ct state vmap { established : accept, invalid : drop }; iifname "lo" accept; jump services; }
        chain forward { type filter hook forward priority 0; ct state established,related accept; log prefix "no" reject; }
      }`),
    input: true,
  },
  {
    name: 'iptables with a last REJECT, and one that logs before it drops',
    write: () =>
      restoreFilter(
        'iptables-nft',
        `
:LOGDROP - [0:0]
-A LOGDROP -j LOG
-A LOGDROP -j DROP
-A FORWARD -s 203.0.113.9/32 -j LOGDROP
-A FORWARD -j LOGDROP
-A INPUT -i lo -j ACCEPT
-A INPUT -m comment --comment "the rest" -j REJECT
`,
      ),
    input: true,
  },
];

describe('a started network', () => {
  for (const { name, write, input = false } of defaults) {
    it(`works beside ${name}, and leaves nothing`, async () => {
      write();
      const before = host.rules();
      const reaches = input ? host.guestReachesHost : host.guestReachesLan;
      expect(reaches()).toBe(false);

      await reconcile(started);
      expect(reaches()).toBe(true);
      const standing = host.rules();
      expect(await listAccepts('blue')).not.toEqual([]);
      expect(await listAccepts('red')).toEqual([]);

      await reconcile(started);
      expect(host.rules(), 'a second time').toBe(standing);

      await reconcile(new Map());
      expect(host.rules(), 'taken away').toBe(before);
      expect(reaches()).toBe(false);
    });
  }

  it('puts nothing where the default lets packets pass, and makes no table', async () => {
    await reconcile(started);
    expect(runTool('/usr/sbin/nft', ['list', 'ruleset'])).toBe('');
    iptables('iptables-nft', '-A FORWARD -s 203.0.113.9 -j DROP');
    const before = host.rules();
    await reconcile(started);
    expect(host.rules()).toBe(before);
    expect(await listAccepts('blue')).toEqual([]);
    expect(runTool('/bin/cat', ['/proc/self/net/ip_tables_names'])).toBe('');
  });

  it('works when Docker starts after it, and again when Docker writes its chains anew', async () => {
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(true);
    restoreFilter('iptables-nft', docker);
    expect(host.guestReachesLan()).toBe(false);
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(true);
    iptables('iptables-nft', '-F FORWARD');
    restoreFilter('iptables-nft', docker);
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(true);
  });

  it('goes behind rules that came after it', async () => {
    iptables('iptables-nft', '-P FORWARD DROP');
    await reconcile(started);
    iptables('iptables-nft', '-A FORWARD -s 10.7.0.2 -j DROP');
    expect(host.guestReachesLan()).toBe(true);
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(false);
  });

  it('lets in from the LAN only answers', async () => {
    iptables('iptables-nft', '-P FORWARD DROP');
    await reconcile(started);
    expect(host.lanReachesGuest()).toBe(false);
  });

  it('is heard by DHCP where ufw drops requests without a word', async () => {
    restoreFilter('iptables-nft', ufw);
    await reconcile(started);
    host.sendDhcp();
    const counted = runTool('/usr/sbin/iptables-nft-save', ['-c']).split('\n');
    expect(
      counted.filter((line) => /^\[[1-9]\d*:\d+\] -A ufw-skip-to-policy-input .*--dport 67 .*ACCEPT$/.test(line)),
    ).toHaveLength(1);
  });

  it('stands beside another whose name no comment could hold', async () => {
    iptables('iptables-nft', '-P FORWARD DROP');
    const before = host.rules();
    const odd = 'a "net"\n-j ACCEPT; '.repeat(8);
    await reconcile(new Map([...started, [odd, setup]]));
    expect(await listAccepts(odd)).toEqual([{ place: 'iptables filter FORWARD', count: 3 }]);
    await reconcile(started);
    expect(await listAccepts(odd)).toEqual([]);
    expect(await listAccepts('blue')).toEqual([{ place: 'iptables filter FORWARD', count: 3 }]);
    await reconcile(new Map());
    expect(host.rules()).toBe(before);
  });

  it('does not let guests go around a VPN that keeps everything else in', async () => {
    nft(`table inet killswitch {
      chain out { type filter hook output priority 0; policy drop; oifname { "lo", "wg0" } accept; }
      chain forward { type filter hook forward priority 0; policy drop; oifname "wg0" accept; }
    }`);
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(false);
  });

  it('leaves a table alone whose owner lets nobody else change it', async () => {
    const text = 'table inet own { flags owner; chain f { type filter hook forward priority 0; policy drop; }; }';
    const owner = spawn('/usr/sbin/nft', ['-i'], { stdio: ['pipe', 'pipe', 'ignore'] });
    owner.stdin.write(`${text}\nlist tables\n`);
    await new Promise((done) =>
      owner.stdout.on('data', (chunk) => String(chunk).includes('inet own') && done(undefined)),
    );
    await reconcile(started);
    expect(await listAccepts('blue')).toEqual([]);
    owner.stdin.end();
    await new Promise((done) => owner.once('close', done));
  });
});

describe('a rule that drops by name', () => {
  it.each([
    ['iptables-nft', 'iptables', 'nft', 'FORWARD'],
    ['iptables-legacy', 'iptables-legacy', 'iptables-legacy', 'FORWARD'],
  ] as const)('of %s stays stronger until its cure is agreed to', async (program, place, tool, chain) => {
    iptables(program, '-P FORWARD DROP');
    iptables(program, '-A FORWARD -s 10.7.0.0/24 -j DROP');
    const before = host.rules();
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(false);

    const cure = { cure: 'accept-first', tool, family: 'ip', table: 'filter', chain, hook: 'forward' } as const;
    await reconcile(new Map([['blue', { ...setup, cures: [cure] }]]));
    expect(host.guestReachesLan()).toBe(true);
    expect(await listAccepts('blue')).toEqual([{ place: `${place} filter FORWARD`, count: 6 }]);

    await reconcile(new Map());
    expect(host.rules()).toBe(before);
  });

  it('of nft stays stronger until its cure is agreed to', async () => {
    nft(`table inet mine {
      chain admin { iifname "gwbr0" ip saddr 10.7.0.0/24 counter drop comment "no guests"; }
      chain forward { type filter hook forward priority 0; jump admin; }
    }`);
    const before = host.rules();
    await reconcile(started);
    expect(host.guestReachesLan()).toBe(false);
    const cure = {
      cure: 'accept-first',
      tool: 'nft',
      family: 'inet',
      table: 'mine',
      chain: 'admin',
      hook: 'forward',
    } as const;
    await reconcile(new Map([['blue', { ...setup, cures: [cure] }]]));
    expect(host.guestReachesLan()).toBe(true);
    await reconcile(started);
    expect(host.rules()).toBe(before);
  });
});
