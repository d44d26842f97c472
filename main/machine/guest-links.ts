import { readHost } from './guest-mac/read-host.ts';
import { parseListing } from './parse-listing.ts';

/** A device that a guest can be behind. */
export interface GuestLink {
  readonly device: string;
  readonly kind: 'tap' | 'veth';
  readonly up: boolean;
  /** The bridge that it is a port of. */
  readonly bridge: string | undefined;
}

interface Link {
  readonly ifname?: unknown;
  readonly flags?: unknown;
  readonly master?: unknown;
  readonly linkinfo?: {
    readonly info_kind?: unknown;
    readonly info_slave_kind?: unknown;
    readonly info_data?: { readonly type?: unknown };
  };
}

function kindOf({ linkinfo }: Link): GuestLink['kind'] | undefined {
  if (linkinfo?.info_kind === 'tun' && linkinfo.info_data?.type === 'tap') return 'tap';
  // A veth in no bridge joins two places, none of which need be a guest.
  return linkinfo?.info_kind === 'veth' && linkinfo.info_slave_kind === 'bridge' ? 'veth' : undefined;
}

/** Reads `ip -json -details link show`; nothing of what is no such listing. */
export function parseGuestLinks(json: string): readonly GuestLink[] {
  const links = parseListing(json) ?? [];
  return links.flatMap((link: Link): GuestLink[] => {
    const kind = kindOf(link);
    if (kind === undefined || typeof link?.ifname !== 'string') return [];
    const isPort = link.linkinfo?.info_slave_kind === 'bridge' && typeof link.master === 'string';
    return [
      {
        device: link.ifname,
        kind,
        up: Array.isArray(link.flags) && link.flags.includes('UP'),
        bridge: isPort ? (link.master as string) : undefined,
      },
    ];
  });
}

export function guestLinks(): readonly GuestLink[] {
  return parseGuestLinks(readHost.links() ?? '');
}
