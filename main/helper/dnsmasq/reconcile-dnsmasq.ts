import { rmdirSync } from 'node:fs';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Places } from '../places.ts';
import { isErrno } from '../root-file.ts';
import { bridgesWithFiles, dnsmasqFolder } from './dnsmasq-files.ts';
import { prepareDnsmasq, serveNetwork } from './serve-network.ts';
import { removeDnsmasq } from './stop-dnsmasq.ts';

export { refuseDnsmasq } from './serve-network.ts';

/** A start costs some milliseconds of waiting; more at once than this only makes each slower. */
const atOnce = 8;

/**
 * Has dnsmasq run for the networks that want one, as they want it, and for no other bridge. Where one fails the others are brought about all the same,
 * and one of their failures is the answer: that of a network in `changed`, where it is one of them. The lock must be held.
 */
export async function reconcileDnsmasq(
  places: Places,
  wanted: ReadonlyMap<string, NetworkSetup>,
  changed: ReadonlySet<string> = new Set(),
): Promise<Outcome<void, HelperFailure>> {
  const serving = [...wanted].filter(([, { link, dnsmasq }]) => link !== undefined && dnsmasq !== undefined);
  const bridges = new Set(serving.map(([, { link }]) => link?.bridge));
  const leaving = [...bridgesWithFiles(places)].filter((bridge) => !bridges.has(bridge));
  await Promise.all(leaving.map((bridge) => removeDnsmasq(places, bridge)));
  if (serving.length === 0) {
    removeEmptyFolder(dnsmasqFolder(places));
    return succeed(undefined);
  }

  const ready = prepareDnsmasq(places);
  if (!ready.ok) return ready;
  const failures: HelperFailure[] = [];
  const blamed: HelperFailure[] = [];
  const queue = serving.values();
  const work = async () => {
    for (const [network, setup] of queue) {
      const served = await serveNetwork(places, network, setup, ready.value);
      if (!served.ok) (changed.has(network) ? blamed : failures).push(served.failure);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const [failure] = [...blamed, ...failures];
  return failure === undefined ? succeed(undefined) : fail(failure);
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT') && !isErrno(error, 'ENOTEMPTY')) throw error;
  }
}
