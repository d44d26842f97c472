import { parseListing } from '../parse-listing.ts';

/** The entries of `bridge -json fdb show` by the device that they stand at, each as a listing of its own. */
export function forwardingTablesByDevice(json: string): ReadonlyMap<string, string> {
  const entries = parseListing(json) ?? [];
  const groups = new Map<string, unknown[]>();
  for (const entry of entries as readonly { readonly ifname?: unknown }[]) {
    const device = String(entry.ifname);
    groups.set(device, [...(groups.get(device) ?? []), entry]);
  }
  return new Map([...groups].map(([device, own]) => [device, JSON.stringify(own)]));
}
