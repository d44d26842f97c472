import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { Finding } from '../examine.ts';

/** What the map from actions to changes has to know beside the workspace. */
export interface ActionSurroundings {
  /** Who a new port belongs to: a numeric user id. */
  readonly owner: number;
  hostNetworks(): HostFacts;
  findGuestMac(device: string): bigint | undefined;
  isThere(device: string): boolean;
  makeMac(): bigint;
  /** What doctor has found in the networks that are to be cured; ids as `findingId` makes them. */
  readonly findings: readonly Finding[];
}

/** By which a finding is named to whoever chooses cures. */
export function findingId({ network, code, what }: Pick<Finding, 'network' | 'code' | 'what'>): string {
  return `${network}:${code}:${what}`;
}
