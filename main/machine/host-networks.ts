import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { HostFacts, HostRoute } from '../../shared/network/host-facts.ts';
import type { IpFamily } from '../../shared/network/network-document.ts';
import { dhcpServers } from './dhcp-servers.ts';
import { parseLinks, parseRoutes } from './parse-ip-json.ts';

const programs = ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'];
const timeoutMs = 5000;
const maxOutput = 64 * 1024 * 1024;

/** What `ip` prints; empty where it is not there or has nothing to say, as for IPv6 on a kernel without it. */
function ip(...args: readonly string[]): string {
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) return '';
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    shell: false,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: timeoutMs,
    maxBuffer: maxOutput,
  });
  return done.status === 0 ? done.stdout : '';
}

/** Files of /proc/sys/net show the reading process's own network namespace (man network_namespaces). */
function sysctl(name: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/sys/net/${name}`, 'utf8').trim());
  } catch {
    return undefined;
  }
}

const isWireless = (device: string): boolean =>
  existsSync(`/sys/class/net/${device}/wireless`) || existsSync(`/sys/class/net/${device}/phy80211`);

/** The device of the main table's default route with the lowest metric, which is the one that the kernel takes. */
export function uplinkOf(routes: readonly HostRoute[], family: IpFamily): string | undefined {
  const defaults = routes.filter(
    (route) => route.family === family && route.prefix === 0 && route.table === 'main' && route.device !== undefined,
  );
  return defaults.toSorted((a, b) => a.metric - b.metric)[0]?.device;
}

/** Looks at the host's addresses, routes and links. No rights are needed. */
export function hostNetworks(): HostFacts {
  const { links, addresses } = parseLinks(ip('-json', '-details', 'addr', 'show'), isWireless);
  const routes = [
    ...parseRoutes(ip('-json', '-4', 'route', 'show', 'table', 'all'), 'ipv4'),
    ...parseRoutes(ip('-json', '-6', 'route', 'show', 'table', 'all'), 'ipv6'),
  ];
  const acceptRa = links
    .filter(({ kind }) => kind !== 'loopback')
    .flatMap(({ name }): [string, number][] => {
      const value = sysctl(`ipv6/conf/${name}/accept_ra`);
      return value === undefined ? [] : [[name, value]];
    });
  return {
    links,
    addresses,
    routes,
    uplinks: { ipv4: uplinkOf(routes, 'ipv4'), ipv6: uplinkOf(routes, 'ipv6') },
    forwarding: { ipv4: sysctl('ipv4/ip_forward') === 1, ipv6: sysctl('ipv6/conf/all/forwarding') === 1 },
    acceptRa: Object.fromEntries(acceptRa),
    dhcpServers: dhcpServers(addresses),
  };
}
