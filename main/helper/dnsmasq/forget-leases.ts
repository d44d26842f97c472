import type { Places } from '../places.ts';
import { removeRootFile } from '../root-file.ts';
import { leasesFile } from './dnsmasq-files.ts';

/** Forgets which guest had which address; for a network that is no more. */
export function forgetLeases(places: Places, network: string): void {
  const path = leasesFile(places, network);
  if (path !== undefined) removeRootFile(path);
}
