import { parseListing } from '../parse-listing.ts';

/** A veth's other end. */
export interface Peer {
  readonly name: string;
  readonly address: string;
}

interface Link {
  readonly ifname?: unknown;
  readonly address?: unknown;
  /** The name of the other end, where it is in the same namespace. */
  readonly link?: unknown;
  readonly linkinfo?: { readonly info_kind?: unknown };
}

/** Finds the other end of a veth pair in the output of `ip -json -details link show`, if it is in the same namespace. */
export function peerOf(device: string, json: string): Peer | undefined {
  const links = parseListing(json) ?? [];
  const named = (name: unknown): Link | undefined =>
    (links as readonly Link[]).find(({ ifname, linkinfo }) => ifname === name && linkinfo?.info_kind === 'veth');
  const own = named(device);
  const peer = own === undefined ? undefined : named(own.link);
  return typeof peer?.ifname === 'string' && typeof peer.address === 'string'
    ? { name: peer.ifname, address: peer.address }
    : undefined;
}
