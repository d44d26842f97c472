import { existsSync, writeFileSync } from 'node:fs';

// Documentation/networking/ip-sysctl.rst: a new network namespace takes the host's values of these over.
const settings: readonly (readonly [path: string, value: string])[] = [
  ['net/ipv4/conf/all/arp_announce', '0'],
  ['net/ipv4/conf/all/arp_ignore', '0'],
  ['net/ipv4/conf/all/arp_filter', '0'],
  ['net/ipv4/conf/all/rp_filter', '0'],
  // IPv6's own talk would be counted by the filter's rules among what the play sends.
  ['net/ipv6/conf/all/disable_ipv6', '1'],
];

/** Gives this process's network namespace the kernel's own defaults, whatever the host has; to be called while it has no links yet. */
export function usePlainNetwork(): void {
  for (const [path, value] of settings.flatMap((one) => [one, forNewLinks(one)])) {
    // A kernel may have no IPv6.
    if (existsSync(`/proc/sys/${path}`)) writeFileSync(`/proc/sys/${path}`, value);
  }
}

function forNewLinks([path, value]: readonly [string, string]): readonly [string, string] {
  return [path.replace('/all/', '/default/'), value];
}
