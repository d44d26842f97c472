import { formatMac } from '../../../shared/net/mac.ts';
import type { Drop } from '../../engine/drops/drop.ts';
import type { Untold } from '../../engine/drops/drop-tally.ts';
import { clockText } from './clock-text.ts';
import { printable } from './printable.ts';

/** A drop with the name of the guest behind the device, where it is known. */
export interface NamedDrop {
  readonly drop: Drop;
  readonly guest: string | undefined;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const nicText = ({ drop, guest }: NamedDrop): string =>
  guest === undefined ? drop.device : `${drop.device} (${printable(guest)})`;

/** One line: when, whose, which way, what, and by which rule. */
export function dropText(named: NamedDrop): string {
  const { at, direction, summary, name } = named.drop;
  return `${clockText(at)}  ${nicText(named)}  ${direction}  ${summary}  ${name}\n`;
}

/** How the packet can be tried again: the way it went through the filter is told then. */
export function tryText({ drop }: NamedDrop): string {
  const { device, direction, frame, owner } = drop;
  if (frame === undefined || owner === undefined || !('rule' in owner)) return '';
  return `    guestward trace ${device} --direction ${direction} --frame ${hexOf(frame)}\n`;
}

export function untoldText(at: number, { name, packets }: Untold): string {
  const [count, were] = packets === 1 ? ['1 more packet', 'was'] : [`${packets} more packets`, 'were'];
  return `${clockText(at)}  ${count} ${were} dropped by ${name}: the kernel tells of 10 a second of a rule\n`;
}

/** One object a line. */
export function dropJson({ drop, guest }: NamedDrop): string {
  const { at, mac, frame, owner, ...rest } = drop;
  const facts = {
    time: new Date(at).toISOString(),
    ...rest,
    ...owner,
    ...(guest !== undefined && { guest }),
    ...(mac !== undefined && { mac: formatMac(mac) }),
    ...(frame !== undefined && { frame: hexOf(frame) }),
  };
  return `${JSON.stringify(facts)}\n`;
}

export function untoldJson(at: number, { name, packets }: Untold): string {
  return `${JSON.stringify({ time: new Date(at).toISOString(), name, untold: packets })}\n`;
}
