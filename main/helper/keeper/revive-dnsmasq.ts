import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { findDnsmasq } from '../dnsmasq/find-dnsmasq.ts';
import { prepareDnsmasq, serveNetwork } from '../dnsmasq/serve-network.ts';
import type { Places } from '../places.ts';
import { createBackOff } from './back-off.ts';
import type { Wanted } from './keeper-files.ts';
import { isThere } from './missing-devices.ts';

/** Starts again what has died, and leaves everything else alone: which networks there are is the helper's to know. */
export interface Reviver {
  /** The networks whose dnsmasq does not run, and is to be started now. */
  findDue(wanted: Wanted, now: number): readonly string[];
  /** Under the lock, with what is wanted by then. */
  revive(network: string, wanted: Wanted): Promise<Outcome<void, HelperFailure>>;
}

export function createReviver(places: Places): Reviver {
  const backOff = createBackOff();
  return {
    findDue(wanted, now) {
      return [...wanted].flatMap(([network, { link, dnsmasq }]) => {
        // A bridge that somebody has removed is no place to serve.
        if (link === undefined || dnsmasq === undefined || !isThere(link.bridge)) return [];
        return backOff.observe(network, findDnsmasq(places, link.bridge) !== undefined, now) ? [network] : [];
      });
    },
    async revive(network, wanted) {
      const setup = wanted.get(network);
      if (setup?.link === undefined || !isThere(setup.link.bridge)) return succeed(undefined);
      const user = prepareDnsmasq(places);
      return user.ok ? serveNetwork(places, network, setup, user.value) : user;
    },
  };
}
