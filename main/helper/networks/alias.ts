import { createHash } from 'node:crypto';
import type { TapSetup } from '../../../shared/plan/network-setup.ts';

/** What every device of Guestward's making bears as its alias (`ip link set alias`); one without it is never changed. */
const mark = 'guestward:';

/** The alias of a network's bridge. A name that a line of `ip -batch` could be ended or split by is given as its hash. */
export function aliasOf(network: string): string {
  const plain = /^[A-Za-z0-9_.-]{1,64}$/.test(network);
  return `${mark}${plain ? network : `sha256=${digest(network).slice(0, 32)}`}`;
}

/** The kernel shows nobody in numbers who may open a TAP, so its alias says that too. */
export function tapAlias(network: string, { owner }: TapSetup): string {
  return `${aliasOf(network)}/uid=${owner}`;
}

export function isOwnAlias(alias: string | undefined): boolean {
  return alias?.startsWith(mark) ?? false;
}

/** The ifb through which what a device receives is shaped. */
export function ifbOf(device: string): string {
  return `gw-ifb-${digest(device).slice(0, 8)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
