import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { writeNetSetting } from '../networks/net-setting.ts';
import { heldSettings, holdSettings } from './held-settings.ts';
import { answeredGuests, routedGuests, stopAnswering } from './proxy-objects.ts';
import { reflect } from './reflect.ts';
import { forgetSeen, noteSeen } from './seen-table.ts';

/**
 * Prepares bridges and uplinks of the lan networks among `wanted`, all networks that are to stand, and takes away what earlier ones have left on
 * uplinks. Called once the bridges and addresses stand; routes of a network that goes are gone with its bridge. Guests are let in by
 * `followNeighbours`.
 */
export async function reconcileProxies(
  wanted: ReadonlyMap<string, NetworkSetup>,
  { run }: { readonly run: string },
): Promise<Outcome<void, HelperFailure>> {
  const uplinks = new Map<string, string>();
  const earlier = heldSettings(run).flatMap((name) => uplinkOf.exec(name)?.[1] ?? []);
  const guests = new Set<string>();
  for (const [network, { link, proxy }] of wanted) {
    if (link === undefined || proxy === undefined) continue;
    try {
      for (const [name, value] of bridgeSettings(link.bridge)) writeNetSetting(name, value);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return fail({ kind: 'network-failed', network, step: 'settings', message });
    }
    uplinks.set(`ipv4/neigh/${proxy.uplink}/proxy_delay`, '0');
    if (proxy.ipv6) {
      uplinks.set(`ipv6/neigh/${proxy.uplink}/proxy_delay`, '0');
      // Only entries of this device's are answered for, unlike with proxy_arp (ndisc_recv_ns of ndisc.c).
      uplinks.set(`ipv6/conf/${proxy.uplink}/proxy_ndp`, '1');
    }
    for (const address of await routedGuests(link.bridge)) guests.add(`${address} ${proxy.uplink}`);
  }
  for (const uplink of new Set([
    ...earlier,
    ...[...uplinks.keys()].flatMap((name) => uplinkOf.exec(name)?.[1] ?? []),
  ])) {
    for (const address of await answeredGuests(uplink)) {
      if (!guests.has(`${address} ${uplink}`)) await stopAnswering(address, uplink);
    }
  }
  // The table goes before what tells of it, and comes after it.
  const isSeen = (names: Iterable<string>) => [...names].some((name) => name.endsWith('/proxy_ndp'));
  if (isSeen(heldSettings(run)) && !isSeen(uplinks.keys())) await forgetSeen();
  holdSettings(uplinks, run);
  const noted = isSeen(uplinks.keys()) ? await noteSeen(wanted) : succeed(undefined);
  return noted.ok ? reflect(wanted, { run }) : noted;
}

/** The uplink answers for a guest at once; by default the kernel waits up to 0.8 s (arp(7), proxy_delay). */
const uplinkOf = /^ipv[46]\/(?:neigh|conf)\/([^/]+)\//;

/** These go when the bridge goes. */
function bridgeSettings(bridge: string): readonly (readonly [string, string])[] {
  return [
    // To guests every machine of the LAN is the host; on the LAN only guests' addresses are answered for, one by one, because proxy_arp there would
    // answer for all that the host reaches by other ways, the LAN itself among them where it has both cable and Wi-Fi.
    [`ipv4/conf/${bridge}/proxy_arp`, '1'],
    // A sibling answers for itself before the host does.
    [`ipv4/neigh/${bridge}/proxy_delay`, '5'],
    // The kernel would take the announcement of an address (RFC 5227) for a question and claim that address, a conflict to the guest.
    [`ipv4/conf/${bridge}/drop_gratuitous_arp`, '1'],
    // The route back to a guest leads to the uplink until it is known; RFC 3704 loose lets it be heard. Rules keep false sources in.
    [`ipv4/conf/${bridge}/rp_filter`, '2'],
  ];
}
