import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostAddress } from '../../shared/network/host-facts.ts';
import { parseDhclientLeases, parseStateFile } from './parse-dhcp-server.ts';

/** By the number of the device; they are there as long as the lease is. */
const stateFolders = ['/run/systemd/netif/leases', '/run/NetworkManager/devices'];
/** Debian's place and Fedora's. */
const dhclientFolders = ['/var/lib/dhcp', '/var/lib/dhclient'];

/** Undefined where there is no such file, or none for this user: a client that keeps its leases to itself has said nothing. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function dhclientFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^dhclient.*\.leases?$/.test(name));
  } catch {
    return [];
  }
}

/** By device the DHCP server that has given the host its address there, where the host's own client says so to everybody. */
export function dhcpServers(addresses: readonly HostAddress[]): Readonly<Record<string, string>> {
  const own = addresses.filter(({ family, scope }) => family === 'ipv4' && scope === 'global');
  const dhclient = dhclientFolders.flatMap((folder) =>
    dhclientFiles(folder).flatMap((name) => read(join(folder, name)) ?? []),
  );
  const servers: Record<string, string> = {};
  for (const device of new Set(own.map((each) => each.device))) {
    const number = read(`/sys/class/net/${device}/ifindex`)?.trim();
    const states = stateFolders.flatMap((folder) => (number === undefined ? [] : (read(join(folder, number)) ?? [])));
    const texts = own.filter((each) => each.device === device).map(({ address }) => address);
    const found = [
      ...states.map(parseStateFile),
      ...dhclient.map((text) => parseDhclientLeases(text, device, texts)),
    ].find((server) => server !== undefined);
    if (found !== undefined) servers[device] = found;
  }
  return servers;
}
