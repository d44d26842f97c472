import type { Start } from '../caller.ts';
import { takeLock } from '../lock.ts';
import type { Places } from '../places.ts';
import { concernsReflection, findReflected, reflect } from '../proxy/reflect.ts';
import type { LinkJob } from './link-rounds.ts';

/** Carries multicast DNS and broadcasts of lan networks again when their uplink has come back or has another address, as Wi-Fi has. */
export function createReflector(places: Places, start: Start): LinkJob {
  let stood: string | undefined;
  return {
    concerns: (wanted) => concernsReflection(wanted, places.run),
    async work(wanted) {
      const { stamp } = await findReflected(wanted);
      if (stamp === stood) return true;
      // A helper does the same.
      const lock = await takeLock(places.state, start, 0);
      if (!lock.ok) return false;
      try {
        const done = await reflect(wanted, places);
        if (done.ok) stood = stamp;
        return done.ok;
      } finally {
        lock.value.release();
      }
    },
  };
}
