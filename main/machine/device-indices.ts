import { readHost } from './guest-mac/read-host.ts';
import { parseListing } from './parse-listing.ts';

/** Reads `ip -json -details link show`: names by the number that the kernel gives a device. */
export function parseDeviceIndices(json: string): ReadonlyMap<number, string> {
  const links = parseListing(json) ?? [];
  return new Map(
    links.flatMap((link: { readonly ifindex?: unknown; readonly ifname?: unknown }): [number, string][] =>
      typeof link?.ifindex === 'number' && typeof link.ifname === 'string' ? [[link.ifindex, link.ifname]] : [],
    ),
  );
}

export function deviceIndices(): ReadonlyMap<number, string> {
  return parseDeviceIndices(readHost.links() ?? '[]');
}
