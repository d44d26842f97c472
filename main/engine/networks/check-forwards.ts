import type { NetworkDocument, PortForward, Range } from '../../../shared/network/network-document.ts';
import { forwardedGuests, pinGuests } from '../../networks/choose/pin-guests.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';
import type { Outcome } from '../failure.ts';
import { currentDocument, done, fail, type NetworkDraft, succeed } from './network-draft.ts';

const meet = (a: Range<number>, b: Range<number>): number | undefined =>
  a.low <= b.high && b.low <= a.high ? Math.max(a.low, b.low) : undefined;

/** Ports of ours whose guest's name is known, and guests with a lease. */
export function knownGuests(draft: NetworkDraft, network: string): readonly GuestAddress[] {
  const ports = [...draft.ports.values()].filter((port) => port.network === network && port.guest !== undefined);
  const leases = draft.surroundings.leases[network] ?? [];
  return [
    ...leases,
    // Without an address of its own a port says only which MAC address goes with a name.
    ...ports.map(({ guest, mac }) => ({
      name: guest,
      mac,
      address: leases.find((lease) => lease.mac === mac)?.address ?? '',
    })),
  ];
}

/** Gives an address of its own to every guest that a port is forwarded to, since rules go by addresses; says so. */
export function pinForwards(document: NetworkDocument, draft: NetworkDraft): Outcome<NetworkDocument> {
  const guests = forwardedGuests(document.settings.forwards);
  const pinned = pinGuests(document, guests, knownGuests(draft, document.name));
  if (!pinned.ok) {
    const { guest, reason } = pinned;
    return fail({ kind: 'guest-unpinned', network: document.name, guest, reason });
  }
  for (const { guest, family, address } of pinned.pins) {
    const kind = family === 'ipv4' ? 'IPv4' : 'IPv6';
    const message = `${guest} had no fixed ${kind} address in ${document.name} and now keeps ${address}, so that forwarded ports find it.`;
    draft.notes.add(message);
  }
  return succeed(pinned.document);
}

/** A listener that a forwarded port would hide: of loopback addresses 127.0.0.1 alone is forwarded, and of networks of ours none of the bridges'. */
function isPublic(address: string, draft: NetworkDraft): boolean {
  if (/^(?:::ffff:)?127\./.test(address)) return address.endsWith('127.0.0.1');
  if (address === '::1') return false;
  return ![...draft.networks.values()].some((stored) =>
    currentDocument(stored).ips.some((block) => block.address === address),
  );
}

function isKnown(forward: PortForward, before: NetworkDocument | undefined): boolean {
  return (before?.settings.forwards ?? []).some(
    ({ protocol, hostPorts }) =>
      protocol === forward.protocol &&
      hostPorts.low === forward.hostPorts.low &&
      hostPorts.high === forward.hostPorts.high,
  );
}

/** Whether the host's ports that are to be forwarded are free: of other networks' forwards, and, where they are new, of processes. */
export function checkForwards(
  { name, settings }: NetworkDocument,
  before: NetworkDocument | undefined,
  draft: NetworkDraft,
): Outcome<undefined> {
  const others = [...draft.networks.values()].filter((stored) => stored.name !== name);
  for (const forward of settings.forwards) {
    const { protocol, hostPorts } = forward;
    for (const other of others) {
      for (const theirs of currentDocument(other).settings.forwards) {
        const port = theirs.protocol === protocol ? meet(hostPorts, theirs.hostPorts) : undefined;
        if (port !== undefined) return fail({ kind: 'forward-taken', network: name, protocol, port, by: other.name });
      }
    }
    if (isKnown(forward, before)) continue;
    const listener = draft.surroundings.listeners.find(
      (each) =>
        each.protocol === protocol &&
        each.port >= hostPorts.low &&
        each.port <= hostPorts.high &&
        isPublic(each.address, draft),
    );
    if (listener === undefined) continue;
    const { port, process, pid } = listener;
    return fail({ kind: 'port-in-use', network: name, protocol, port, process, pid });
  }
  return done;
}
