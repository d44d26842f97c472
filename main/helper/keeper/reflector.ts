import type { Places } from '../places.ts';
import { concernsReflection, findReflected, reflect } from '../proxy/reflect.ts';
import { createLinkRounds, type LinkRounds } from './link-rounds.ts';

/** Carries multicast DNS and broadcasts of lan networks again when their uplink has come back or has another address, as Wi-Fi has. */
export function createReflector(places: Places, failed: (error: unknown) => void): LinkRounds {
  let stood: string | undefined;
  return createLinkRounds(
    (wanted) => concernsReflection(wanted, places.run),
    async (wanted) => {
      const { stamp } = await findReflected(wanted);
      // The helper that has started the network has seen to it.
      if (stood === undefined || stamp === stood) {
        stood = stamp;
        return true;
      }
      const done = await reflect(wanted, places);
      if (done.ok) stood = stamp;
      return done.ok;
    },
    failed,
  );
}
