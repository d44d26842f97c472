import { readHost } from './guest-mac/read-host.ts';

/** Reads `ip -json -details link show`: names by the number that the kernel gives a device. */
export function parseDeviceIndices(json: string): ReadonlyMap<number, string> {
  let links: unknown;
  try {
    links = JSON.parse(json);
  } catch {
    return new Map();
  }
  if (!Array.isArray(links)) return new Map();
  return new Map(
    links.flatMap((link: { readonly ifindex?: unknown; readonly ifname?: unknown } | null): [number, string][] =>
      typeof link?.ifindex === 'number' && typeof link.ifname === 'string' ? [[link.ifindex, link.ifname]] : [],
    ),
  );
}

export function deviceIndices(): ReadonlyMap<number, string> {
  return parseDeviceIndices(readHost.links() ?? '[]');
}
