import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { findOverlaps } from '../../networks/choose/find-overlaps.ts';
import type { Outcome } from '../failure.ts';
import { checkForwards } from './check-forwards.ts';
import { done, fail, type NetworkDraft, setDocument } from './network-draft.ts';

/** The bridges that Guestward itself has made. */
function ownBridges({ surroundings }: NetworkDraft): ReadonlySet<string> {
  return new Set(Object.values(surroundings.setups).flatMap(({ link }) => (link === undefined ? [] : [link.bridge])));
}

/** Whether the host has what the network stands on, and has not what it is going to make. */
function checkLinks({ name, bridge, forward }: NetworkDocument, draft: NetworkDraft): Outcome<undefined> {
  const { links, uplinks } = draft.surroundings.facts;
  const device = bridge.name ?? '';
  const found = links.find((link) => link.name === device);
  if (forward.mode === 'bridge') {
    return found === undefined ? fail({ kind: 'bridge-missing', network: name, bridge: device }) : done;
  }
  if (found !== undefined && !ownBridges(draft).has(device))
    return fail({ kind: 'bridge-taken', network: name, bridge: device, by: undefined });
  if (forward.mode !== 'lan') return done;
  const uplink = forward.dev ?? uplinks.ipv4 ?? uplinks.ipv6;
  return links.some((link) => link.name === uplink)
    ? done
    : fail({ kind: 'uplink-missing', network: name, device: uplink });
}

/** Whether the network's subnets are free on this host, as it is now. */
export function checkSubnets(document: NetworkDocument, draft: NetworkDraft): Outcome<undefined> {
  const others = [...draft.networks.values()].flatMap(({ name, live }) =>
    live === undefined || name === document.name ? [] : [live.document],
  );
  const { facts } = draft.surroundings;
  const overlaps = findOverlaps(facts, [document, ...others]).filter(
    ({ network, blocks }) => blocks && network === document.name,
  );
  return overlaps.length === 0 ? done : fail({ kind: 'subnet-taken', network: document.name, overlaps });
}

/** Lets the network stand as the document says, if nothing is in its way. */
export function startNetwork(document: NetworkDocument, draft: NetworkDraft): Outcome<undefined> {
  const links = checkLinks(document, draft);
  if (!links.ok) return links;
  const subnets = checkSubnets(document, draft);
  if (!subnets.ok) return subnets;
  const forwards = checkForwards(document, undefined, draft);
  if (!forwards.ok) return forwards;
  setDocument(draft, document.name, 'live', document);
  return done;
}
