import { type FoundMac, findGuestMac } from './find-guest-mac.ts';
import { lookOnce } from './guest-mac/look-once.ts';

/**
 * The MAC addresses of the guests behind these devices, of those whose is known, by who knows it: what a guest itself has sent is no word on who it is, so the
 * bridges' tables are not asked.
 */
export function findKnownMacs(devices: readonly string[]): ReadonlyMap<string, FoundMac> {
  const host = { ...lookOnce(), forwardingTable: () => undefined };
  return new Map(
    devices.flatMap((device) => {
      const found = findGuestMac(device, host);
      return found === undefined ? [] : [[device, found] as const];
    }),
  );
}
