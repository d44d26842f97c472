import { readdirSync, readFileSync } from 'node:fs';
import type { HostSettings } from '../../shared/network/host-settings.ts';

const zoneFolders = ['/usr/lib/firewalld/zones', '/etc/firewalld/zones'];

/** Reads the settings of our own network namespace. No rights are needed. */
export function hostSettings(): HostSettings {
  const ofAll = readNumber('ipv4/conf/all/rp_filter') ?? 0;
  const devices = list('/proc/sys/net/ipv4/conf').filter((name) => name !== 'all' && name !== 'default');
  const rpFilter = devices.map((name) => [name, Math.max(ofAll, readNumber(`ipv4/conf/${name}/rp_filter`) ?? 0)]);
  const ipv4 = readNumber('bridge/bridge-nf-call-iptables');
  const ipv6 = readNumber('bridge/bridge-nf-call-ip6tables');
  return {
    rpFilter: Object.fromEntries(rpFilter),
    bridgeNf: ipv4 === undefined ? undefined : { ipv4: ipv4 === 1, ipv6: ipv6 === 1 },
    firewalldZones: [...new Set(zoneFolders.flatMap(list).flatMap((name) => /^(.+)\.xml$/.exec(name)?.[1] ?? []))],
  };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readNumber(name: string): number | undefined {
  try {
    return Number(readFileSync(`/proc/sys/net/${name}`, 'utf8').trim());
  } catch {
    return undefined;
  }
}
