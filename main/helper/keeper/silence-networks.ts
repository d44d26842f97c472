import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Start } from '../caller.ts';
import { takeLock } from '../lock.ts';
import { observeLinks } from '../networks/observe-links.ts';
import { runBatch } from '../networks/run-batch.ts';
import { wantedDevices } from '../networks/wanted-devices.ts';
import type { Places } from '../places.ts';
import type { Wanted } from './keeper-files.ts';

/**
 * Takes the bridges and TAPs of these networks down, because the rules that hold their guests are gone and do not come back at once. Bringing the
 * networks back brings them up.
 */
export async function silenceNetworks(
  places: Places,
  start: Start,
  wanted: Wanted,
): Promise<Outcome<void, HelperFailure>> {
  const lock = await takeLock(places.state, start, 0);
  if (!lock.ok) return lock;
  try {
    const links = await observeLinks();
    if (!links.ok) return links;
    const lines = wantedDevices(wanted)
      .filter(({ device, kind }) => kind !== 'ifb' && links.value.get(device)?.own === true)
      .map(({ network, device }) => ({ network, text: `link set dev ${device} down` }));
    return lines.length === 0
      ? succeed(undefined)
      : await runBatch({ places, lock: lock.value.fd }, 'ip', 'links', lines);
  } finally {
    lock.value.release();
  }
}
