import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import type { Direction, IpFamily } from '../../../../main/compiler/policy/policy.ts';
import { parseIpv4 } from '../../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../../shared/net/ipv6.ts';
import { type Ends, type IpOptions, ipPacket } from '../../../frames/ip.ts';
import { ethernetFrame, etherType } from '../../../frames/link.ts';

export const ipv4 = (text: string): bigint => parseIpv4(text) as bigint;
export const ipv6 = (text: string): bigint => parseIpv6(text) as bigint;

/** The two stations of these tests: a guest that sends (`out`), and its peer, which answers (`in`). */
export const guest = { mac: 0x525400564432n, ipv4: ipv4('10.33.8.131'), ipv6: ipv6('fd00:33::131') };
export const peer = { mac: 0x525400aa0001n, ipv4: ipv4('10.33.0.9'), ipv6: ipv6('fd00:33::9') };

export function endsOf(direction: Direction, family: IpFamily): Ends {
  const [from, to] = direction === 'out' ? [guest, peer] : [peer, guest];
  return { family, source: from[family], destination: to[family] };
}

/** A frame with an IP packet from one station to the other; `make` writes the packet's payload. */
export function ipFrame(
  direction: Direction,
  family: IpFamily,
  protocol: number,
  make: (ends: Ends) => Uint8Array,
  options: IpOptions & { readonly ends?: Partial<Ends> } = {},
): Uint8Array {
  const [from, to] = direction === 'out' ? [guest, peer] : [peer, guest];
  const ends = { ...endsOf(direction, family), ...options.ends };
  const packet = ipPacket(ends, protocol, make(ends), options);
  return ethernetFrame({ source: from.mac, destination: to.mac }, etherType[family], packet);
}

export const view = (frame: Uint8Array) => viewFrame(frame);
