import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Places } from '../places.ts';
import { readRootFile } from '../root-file.ts';
import { dnsmasqFile, leasesFile } from './dnsmasq-files.ts';
import { findDnsmasq } from './find-dnsmasq.ts';

/** How a started network's dnsmasq does, and its leases as it has written them. */
export function dnsmasqState(
  places: Places,
  network: string,
  { link, dnsmasq }: NetworkSetup,
): Pick<NetworkState, 'dnsmasq' | 'leases'> {
  const file = leasesFile(places, network);
  const leases = (file === undefined ? undefined : readRootFile(file)) ?? '';
  if (link === undefined || dnsmasq === undefined) return { leases };
  const pid = findDnsmasq(places, link.bridge);
  if (pid !== undefined) return { dnsmasq: { running: true, pid }, leases };
  const words = readRootFile(dnsmasqFile(places, link.bridge, 'words')) ?? 'it has ended without a word';
  return { dnsmasq: { running: false, words }, leases };
}
