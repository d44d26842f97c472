import { existsSync, writeFileSync } from 'node:fs';
import type { Accept, NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { CLONE_NEWNET, unshare } from '../rig/libc.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../rig/network-namespace.ts';
import { runTool } from '../rig/run-tool.ts';

/** A host in a namespace of its own, with a routed network of one guest behind the bridge gwbr0 and a LAN behind the device up0. */
export interface FirewalledHost {
  readonly guest: NetworkNamespace;
  readonly lan: NetworkNamespace;
  guestReachesLan(): boolean;
  lanReachesGuest(): boolean;
  guestReachesHost(): boolean;
  /** The guest asks for an address, with nobody there to answer. */
  sendDhcp(): void;
  /** Every rule of every tool, without counts. */
  rules(): string;
  close(): void;
}

const subnet = '10.7.0.0/24';
const forward = { hook: 'forward', family: 'ipv4' } as const;
const input = { hook: 'input', family: 'ipv4', iif: 'gwbr0' } as const;

/** What a network that guests go out from, and nobody comes into, asks of the host's firewall. */
export const accepts: readonly Accept[] = [
  { ...forward, iif: 'gwbr0', saddr: subnet },
  { ...forward, oif: 'gwbr0', daddr: subnet, connection: 'established' },
  { ...input, protocol: 'icmp' },
  { ...input, protocol: 'udp', dports: { low: 67, high: 67 } },
  { ...input, protocol: 'tcp', dports: { low: 53, high: 53 } },
  { hook: 'input', family: 'ipv6', iif: 'gwbr0', protocol: 'icmpv6' },
  { hook: 'input', family: 'ipv6', iif: 'gwbr0', saddr: 'fe80::/10', protocol: 'udp', dports: { low: 547, high: 547 } },
  {
    ...forward,
    oif: 'gwbr0',
    daddr: '10.7.0.2/32',
    protocol: 'tcp',
    dports: { low: 8000, high: 8010 },
    connection: 'dnat',
  },
];

export const setup: NetworkSetup = {
  link: { bridge: 'gwbr0', mac: '52:54:00:07:00:01', stp: false, forwardDelay: 0, ipv6: true, learning: true },
  addresses: [{ address: '10.7.0.1', prefix: 24, prefixRoute: true }],
  routes: [],
  forwarding: ['ipv4'],
  bandwidth: {},
  accepts: [...accepts],
  cures: [],
  taps: [],
};

/** Moves this process into the host's namespace; nothing of it can come back to the one before. */
export function createFirewalledHost(): FirewalledHost {
  unshare(CLONE_NEWNET);
  const guest = createNetworkNamespace();
  const lan = createNetworkNamespace();
  ip('link set dev lo up');
  ip('link add name gwbr0 type bridge');
  ip('addr add 10.7.0.1/24 dev gwbr0');
  ip('link set dev gwbr0 up');
  ip(`link add name gport0 type veth peer name eth0 netns ${guest.path}`);
  ip('link set dev gport0 master gwbr0 up');
  ip(`link add name up0 type veth peer name eth0 netns ${lan.path}`);
  ip('addr add 192.0.2.1/24 dev up0');
  ip('link set dev up0 up');
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  guest.run(() => plugIn('10.7.0.2/24', 'default via 10.7.0.1'));
  lan.run(() => plugIn('192.0.2.2/24', `${subnet} via 192.0.2.1`));
  return {
    guest,
    lan,
    guestReachesLan: () => guest.run(() => pings('192.0.2.2')),
    lanReachesGuest: () => lan.run(() => pings('10.7.0.2')),
    guestReachesHost: () => guest.run(() => pings('10.7.0.1')),
    sendDhcp: () => {
      const script = `const s = require('dgram').createSocket('udp4'); s.bind(68, () => {
        s.setBroadcast(true); s.send('x', 67, '10.7.0.1', () => s.close()); });`;
      guest.run(() => runTool(process.execPath, ['-e', script]));
    },
    rules: readRules,
    close() {
      guest.close();
      lan.close();
    },
  };
}

export function iptables(program: 'iptables-nft' | 'ip6tables-nft' | 'iptables-legacy', line: string): void {
  runTool(`/usr/sbin/${program}`, ['-w', ...line.split(' ')]);
}

/** Loads lines into the table `filter` as `iptables-restore` does, beside what is there. */
export function restoreFilter(program: 'iptables-nft' | 'iptables-legacy', lines: string): void {
  runTool(`/usr/sbin/${program}-restore`, ['-n'], `*filter\n${lines.trim()}\nCOMMIT\n`);
}

export function nft(text: string): void {
  runTool('/usr/sbin/nft', ['-f', '-'], text);
}

function ip(line: string): void {
  runTool('/usr/sbin/ip', line.split(' '));
}

function plugIn(address: string, route: string): void {
  ip(`addr add ${address} dev eth0`);
  ip('link set dev eth0 up');
  ip(`route add ${route}`);
}

function pings(address: string): boolean {
  try {
    runTool('/usr/bin/ping', ['-n', '-c', '1', '-W', '1', address]);
    return true;
  } catch {
    return false;
  }
}

function readRules(): string {
  const texts = [runTool('/usr/sbin/nft', ['-s', '-a', 'list', 'ruleset'])];
  const nftTables = runTool('/usr/sbin/nft', ['list', 'tables']);
  if (/^table ip filter$/m.test(nftTables)) texts.push(runTool('/usr/sbin/iptables-nft-save', []));
  if (existsSync('/proc/self/net/ip_tables_names')) {
    for (const table of runTool('/bin/cat', ['/proc/self/net/ip_tables_names']).split('\n')) {
      if (table !== '') texts.push(runTool('/usr/sbin/iptables-legacy-save', ['-t', table]));
    }
  }
  return texts
    .join('')
    .replace(/^#.*$/gm, '')
    .replace(/\[\d+:\d+\]/g, '');
}
