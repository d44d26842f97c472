import { bigEndian } from './big-endian.ts';

const hopByHop = 0;
const routing = 43;
const fragmentHeader = 44;
const authentication = 51;
const destinationOptions = 60;
const extensions: readonly number[] = [hopByHop, routing, fragmentHeader, authentication, destinationOptions];

/** What comes after IPv6's extension headers. */
export interface UpperLayer {
  /** Undefined where the headers are broken. */
  readonly protocol: number | undefined;
  /** Where its header begins, perhaps beyond the packet; undefined in a fragment that is not the first. */
  readonly transport: number | undefined;
  readonly fragment: boolean;
}

/**
 * Walks the extension headers from `start` to `end`. nftables stops at the authentication header (kernel: ipv6_find_hdr with IP6_FH_F_AUTH),
 * connection tracking takes it for one of them (kernel: ipv6_skip_exthdr).
 */
export function findUpperLayer(
  bytes: Uint8Array,
  first: number,
  start: number,
  end: number,
  skipsAuthentication: boolean,
): UpperLayer {
  let protocol = first;
  let offset = start;
  let fragment = false;
  while (extensions.includes(protocol)) {
    const next = offset + 2 <= end ? bytes[offset] : undefined;
    const length = bytes[offset + 1];
    if (next === undefined || length === undefined) return { protocol: undefined, transport: undefined, fragment };
    if (protocol === authentication && !skipsAuthentication) break;
    if (protocol === fragmentHeader) {
      const place = offset + 4 <= end ? bigEndian(bytes, offset + 2, 2) : undefined;
      if (place === undefined) return { protocol: undefined, transport: undefined, fragment };
      fragment = true;
      if (place >> 3n !== 0n) {
        return { protocol: extensions.includes(next) ? undefined : next, transport: undefined, fragment };
      }
      offset += 8;
    } else offset += protocol === authentication ? (length + 2) * 4 : (length + 1) * 8;
    protocol = next;
  }
  return { protocol, transport: offset, fragment };
}
