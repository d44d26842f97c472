import { readFileSync } from 'node:fs';

/** The network devices of our own namespace, which /sys need not show (man proc_pid_net: net/dev). */
export function presentDevices(): ReadonlySet<string> {
  const [, , ...lines] = readFileSync('/proc/self/net/dev', 'utf8').split('\n');
  return new Set(lines.flatMap((line) => /^\s*(\S+):/.exec(line)?.[1] ?? []));
}
