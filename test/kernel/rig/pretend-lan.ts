import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createNetworkNamespace, type NetworkNamespace } from './network-namespace.ts';
import { runTool } from './run-tool.ts';

/** Where everything on the pretend LAN is. */
export const lan = {
  subnet: '192.168.77.0/24',
  prefix: 'fd77::/64',
  router: { ipv4: '192.168.77.1', ipv6: 'fd77::1' },
  station: { ipv4: '192.168.77.5', ipv6: 'fd77::5', mac: '02:77:00:00:00:05' },
  host: { ipv4: '192.168.77.20', ipv6: 'fd77::20', mac: '02:77:00:00:00:20' },
  /** What the router gives out. */
  pool: { low: '192.168.77.100', high: '192.168.77.149' },
  /** Behind the router, reached by no route but the default one: the Internet, so to speak. */
  beyond: { ipv4: '203.0.113.9', ipv6: '2001:db8::9' },
} as const;

/** A LAN of namespaces behind `uplink`, a device of the namespace in which the test itself plays the host. */
export interface PretendLan {
  readonly uplink: string;
  /** The LAN's switch or access point, gateway, and DHCP server. */
  readonly router: NetworkNamespace;
  /** Another machine of the LAN. */
  readonly station: NetworkNamespace;
  close(): void;
}

export interface PretendLanOptions {
  readonly uplink?: string;
  /** Frames come from, and reach, the host's own MAC alone, as at an access point (IEEE 802.11, 3 addresses a frame). */
  readonly wifi?: boolean;
  /** Whether the router runs a DHCP server. */
  readonly dhcp?: boolean;
}

const hostPort = 'host0';
const printLease = fileURLToPath(new URL('print-lease.sh', import.meta.url));

/** Builds the LAN, with the host's addresses and default routes; everything is up, and IPv6 addresses are usable at once. */
export async function createPretendLan(options: PretendLanOptions = {}): Promise<PretendLan> {
  const { uplink = 'uplink0', wifi = false, dhcp = false } = options;
  const router = createNetworkNamespace();
  const station = createNetworkNamespace();
  ip(
    `link add name ${uplink} address ${lan.host.mac} type veth peer name ${hostPort} netns ${router.path}`,
    'link set dev lo up',
  );
  router.run(() => {
    ip(
      'link set dev lo up',
      'link add name lan0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0',
      `link set dev ${hostPort} master lan0 up`,
      `link add name station0 type veth peer name eth0 address ${lan.station.mac} netns ${station.path}`,
      'link set dev station0 master lan0 up',
      `address add ${lan.router.ipv4}/24 dev lan0`,
      `address add ${lan.router.ipv6}/64 dev lan0 nodad`,
      'link set dev lan0 up',
      `address add ${lan.beyond.ipv4}/32 dev lo`,
      `address add ${lan.beyond.ipv6}/128 dev lo`,
    );
    if (wifi) runTool('/usr/sbin/nft', ['-f', '-'], accessPoint);
  });
  joinLan(station, 'eth0', lan.station);
  ip(`link set dev ${uplink} up`, ...addressLines(uplink, lan.host));

  const server = dhcp ? router.run(() => startDhcpServer()) : undefined;
  if (server !== undefined) await ready(server);
  return {
    uplink,
    router,
    station,
    close() {
      server?.kill('SIGKILL');
      ip(`link delete dev ${uplink}`);
      station.close();
      router.close();
    },
  };
}

/** A guest behind a port of a bridge: a namespace with the device `eth0`, which is up and has no address. */
export interface PretendGuest {
  readonly namespace: NetworkNamespace;
  /** The host's end, in the namespace of the caller. */
  readonly port: string;
  readonly mac: string;
  close(): void;
}

/** Plugs a guest into a bridge of the calling namespace (no bridge: the port belongs to none). */
export function plugGuest(port: string, mac: string, bridge?: string): PretendGuest {
  const namespace = createNetworkNamespace();
  ip(`link add name ${port} type veth peer name eth0 address ${mac} netns ${namespace.path}`);
  // A port of a bridge needs no address; to a browser of the host a new one would be another network, for which it gives up what it was loading.
  if (bridge !== undefined) ip(`link set dev ${port} addrgenmode none`, `link set dev ${port} master ${bridge}`);
  ip(`link set dev ${port} up`);
  namespace.run(() => ip('link set dev lo up', 'link set dev eth0 up'));
  return {
    namespace,
    port,
    mac,
    close() {
      ip(`link delete dev ${port}`);
      namespace.close();
    },
  };
}

/** Waits for the global address that a guest makes itself of an advertised prefix (RFC 4862). */
export async function makeIpv6Address({ namespace }: PretendGuest): Promise<string> {
  const interval = 'net.ipv6.conf.eth0.router_solicitation_interval=1';
  namespace.run(() => runTool('/usr/sbin/sysctl', ['-qw', interval]));
  const show = ['-6', '-o', 'address', 'show', 'dev', 'eth0', 'scope', 'global', '-tentative'];
  for (let tries = 0; tries < 200; tries += 1) {
    const address = /inet6 (\S+)\/64 /.exec(namespace.run(() => runTool('/usr/sbin/ip', show)))?.[1];
    if (address !== undefined) return address;
    await sleep(100);
  }
  throw new Error('nobody has advertised a prefix');
}

/** Asks for an address with busybox's client, as a guest that starts does, and puts it on `eth0`; undefined: nobody answered. */
export function askForAddress(guest: PretendGuest, options: readonly string[] = []): Lease | undefined {
  const args = ['udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-t', '4', '-T', '1', '-s', printLease, ...options];
  const printed = guest.namespace.run(() => {
    try {
      return runTool('/usr/bin/busybox', args);
    } catch {
      return '';
    }
  });
  const lease = readLease(printed);
  if (lease === undefined) return undefined;
  guest.namespace.run(() =>
    ip(
      `address replace ${lease.address}/${lease.prefix} dev eth0`,
      ...(lease.router === undefined ? [] : [`route replace default via ${lease.router}`]),
    ),
  );
  return lease;
}

export interface Lease {
  readonly address: string;
  readonly prefix: number;
  readonly router: string | undefined;
  readonly dns: string | undefined;
  readonly server: string | undefined;
}

function readLease(printed: string): Lease | undefined {
  const bound = printed.split('event=bound\n')[1];
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(bound ?? '')?.[1];
  const address = value('ip');
  if (address === undefined) return undefined;
  return {
    address,
    prefix: Number(value('mask')),
    router: value('router'),
    dns: value('dns'),
    server: value('serverid'),
  };
}

/** Whether `address` answers a ping from the namespace (from the caller's own, if there is none). */
export function reaches(from: NetworkNamespace | undefined, address: string): boolean {
  const ping = () => {
    try {
      runTool('/usr/bin/busybox', ['ping', '-c', '1', '-W', '2', address]);
      return true;
    } catch {
      return false;
    }
  };
  return from === undefined ? ping() : from.run(ping);
}

/** Runs ip(8) with one command a line, in the namespace of the calling thread. */
export function ip(...commands: readonly string[]): void {
  runTool('/usr/sbin/ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}

function joinLan(namespace: NetworkNamespace, device: string, own: { readonly ipv4: string; readonly ipv6: string }) {
  namespace.run(() => ip('link set dev lo up', `link set dev ${device} up`, ...addressLines(device, own)));
}

function addressLines(device: string, { ipv4, ipv6 }: { readonly ipv4: string; readonly ipv6: string }) {
  return [
    `address add ${ipv4}/24 dev ${device}`,
    `address add ${ipv6}/64 dev ${device} nodad`,
    `route add default via ${lan.router.ipv4} dev ${device}`,
    `route add default via ${lan.router.ipv6} dev ${device}`,
  ];
}

const accessPoint = `
table bridge access-point {
  chain from-air {
    type filter hook prerouting priority -300;
    iifname "${hostPort}" ether saddr != ${lan.host.mac} counter drop
  }
  chain to-air {
    type filter hook postrouting priority 300;
    oifname "${hostPort}" ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00 ether daddr != ${lan.host.mac} counter drop
  }
}
`;

function startDhcpServer(): ChildProcess {
  const { low, high } = lan.pool;
  const options = [
    '--conf-file=/dev/null',
    '--keep-in-foreground',
    '--port=0',
    '--log-facility=-',
    '--user=root',
    '--pid-file=',
    '--leasefile-ro',
    '--dhcp-authoritative',
    '--no-ping',
    '--interface=lan0',
    `--dhcp-range=${low},${high},255.255.255.0,1h`,
    `--dhcp-option=option:router,${lan.router.ipv4}`,
    `--dhcp-option=option:dns-server,${lan.router.ipv4}`,
    '--log-dhcp',
  ];
  return spawn('/usr/sbin/dnsmasq', options, { stdio: ['ignore', 'ignore', 'pipe'], shell: false });
}

/** Waits until dnsmasq has opened its sockets, which it says last of all. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('dnsmasq-dhcp')) resolve();
    });
    server.once('close', () => reject(new Error(`the DHCP server ended: ${said}`)));
  });
}
