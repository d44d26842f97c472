import { existsSync } from 'node:fs';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { distrust } from './trusted-path.ts';

/** The programs that the helper runs, where distributions keep them; PATH is never looked at. */
const candidates = {
  nft: ['/usr/sbin/nft', '/sbin/nft', '/usr/bin/nft'],
  modprobe: ['/usr/sbin/modprobe', '/sbin/modprobe', '/usr/bin/modprobe'],
  ip: ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip', '/bin/ip'],
  tc: ['/usr/sbin/tc', '/sbin/tc', '/usr/bin/tc'],
  flock: ['/usr/bin/flock', '/bin/flock'],
  unshare: ['/usr/bin/unshare', '/bin/unshare'],
  setpriv: ['/usr/bin/setpriv', '/bin/setpriv'],
  resolvectl: ['/usr/bin/resolvectl', '/bin/resolvectl'],
  tcpdump: ['/usr/bin/tcpdump', '/usr/sbin/tcpdump', '/sbin/tcpdump'],
  dnsmasq: ['/usr/sbin/dnsmasq', '/usr/bin/dnsmasq', '/sbin/dnsmasq'],
  'iptables-nft-save': ['/usr/sbin/iptables-nft-save', '/sbin/iptables-nft-save', '/usr/bin/iptables-nft-save'],
  'iptables-nft-restore': [
    '/usr/sbin/iptables-nft-restore',
    '/sbin/iptables-nft-restore',
    '/usr/bin/iptables-nft-restore',
  ],
  'ip6tables-nft-save': ['/usr/sbin/ip6tables-nft-save', '/sbin/ip6tables-nft-save', '/usr/bin/ip6tables-nft-save'],
  'ip6tables-nft-restore': [
    '/usr/sbin/ip6tables-nft-restore',
    '/sbin/ip6tables-nft-restore',
    '/usr/bin/ip6tables-nft-restore',
  ],
  'iptables-legacy-save': [
    '/usr/sbin/iptables-legacy-save',
    '/sbin/iptables-legacy-save',
    '/usr/bin/iptables-legacy-save',
  ],
  'iptables-legacy-restore': [
    '/usr/sbin/iptables-legacy-restore',
    '/sbin/iptables-legacy-restore',
    '/usr/bin/iptables-legacy-restore',
  ],
  'ip6tables-legacy-save': [
    '/usr/sbin/ip6tables-legacy-save',
    '/sbin/ip6tables-legacy-save',
    '/usr/bin/ip6tables-legacy-save',
  ],
  'ip6tables-legacy-restore': [
    '/usr/sbin/ip6tables-legacy-restore',
    '/sbin/ip6tables-legacy-restore',
    '/usr/bin/ip6tables-legacy-restore',
  ],
  'firewall-cmd': ['/usr/bin/firewall-cmd', '/bin/firewall-cmd'],
} as const;
export type ToolName = keyof typeof candidates;

const found = new Map<ToolName, string>();

/** The path of a program that nobody but root can have put there. */
export function findTool(name: ToolName): Outcome<string, HelperFailure> {
  const known = found.get(name);
  if (known !== undefined) return succeed(known);
  const path = candidates[name].find((candidate) => existsSync(candidate));
  if (path === undefined) return fail({ kind: 'tool-missing', program: name });
  const message = distrust(path, 'follow');
  if (message !== undefined) return fail({ kind: 'tool-untrusted', program: path, message });
  found.set(name, path);
  return succeed(path);
}
