import { presentDevices } from './device-presence.ts';
import { readHost } from './guest-mac/read-host.ts';
import { parseListing } from './parse-listing.ts';

/** Where a device is: a port of a bridge, where filters work, or not; unknown where iproute2 could not be asked. */
export type DevicePlace = 'bridge-port' | 'apart' | 'unknown';

interface Link {
  readonly ifname?: unknown;
  readonly linkinfo?: { readonly info_slave_kind?: unknown };
}

/** Reads `ip -json -details link show`; undefined for what is no such listing. */
export function parseDevicePlaces(json: string): ReadonlyMap<string, DevicePlace> | undefined {
  const links = parseListing(json);
  if (links === undefined) return undefined;
  return new Map(
    links.flatMap((link: Link | null): [string, DevicePlace][] => {
      if (typeof link?.ifname !== 'string') return [];
      return [[link.ifname, link.linkinfo?.info_slave_kind === 'bridge' ? 'bridge-port' : 'apart']];
    }),
  );
}

/** The devices that are there, and where. */
export function devicePlaces(): ReadonlyMap<string, DevicePlace> {
  const listing = readHost.links();
  const places = listing === undefined ? undefined : parseDevicePlaces(listing);
  return places ?? new Map([...presentDevices()].map((device) => [device, 'unknown']));
}
