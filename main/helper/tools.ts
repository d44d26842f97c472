import { existsSync } from 'node:fs';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { distrust } from './trusted-path.ts';

/** The programs that the helper runs, where distributions keep them; PATH is never looked at. */
const candidates = {
  nft: ['/usr/sbin/nft', '/sbin/nft', '/usr/bin/nft'],
  modprobe: ['/usr/sbin/modprobe', '/sbin/modprobe', '/usr/bin/modprobe'],
  flock: ['/usr/bin/flock', '/bin/flock'],
  dnsmasq: ['/usr/sbin/dnsmasq', '/usr/bin/dnsmasq', '/sbin/dnsmasq'],
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
