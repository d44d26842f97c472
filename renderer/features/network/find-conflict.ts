import type { TakenPort } from '../../../shared/rpc/network.ts';
import type { PortRange } from './read-ports.ts';

export type Conflict = TakenPort & { /** The lowest port that both have. */ readonly port: number };

/** Who has ports of a range that is to be forwarded: first whoever stands in the way, else whoever is merely there too. */
export function findConflict(
  protocol: TakenPort['protocol'],
  { low, high }: PortRange,
  taken: readonly TakenPort[],
): Conflict | undefined {
  const meeting = taken
    .filter((each) => each.protocol === protocol && each.low <= high && low <= each.high)
    .map((each) => ({ ...each, port: Math.max(each.low, low) }));
  return meeting.find(standsInTheWay) ?? meeting[0];
}

/** A process that only the host itself or a network of ours reaches goes on undisturbed. */
export function standsInTheWay({ by }: TakenPort): boolean {
  return by.kind === 'forward' || by.everywhere;
}
