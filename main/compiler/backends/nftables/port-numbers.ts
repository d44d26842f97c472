import type { Ruleset } from '../../../../shared/plan/ruleset.ts';

const maxPortNumber = 0xffff;

/**
 * Gives every device a number that fits into the mark. A device keeps the number it has in force, since packets on their way may carry it; a new
 * one gets the lowest that is free.
 */
export function portNumbers(devices: readonly string[], inForce: Ruleset): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const map of ['mark_out', 'mark_in']) {
    for (const { port, mark } of inForce.bridge.sets[map]?.elements ?? []) {
      if (typeof port === 'string' && mark !== undefined && devices.includes(port)) numbers.set(port, mark);
    }
  }
  const taken = new Set(numbers.values());
  let next = 1;
  for (const device of devices) {
    if (numbers.has(device)) continue;
    while (taken.has(next)) next += 1;
    if (next > maxPortNumber) throw new Error(`More than ${maxPortNumber} devices have rules on packets.`);
    numbers.set(device, next);
    taken.add(next);
  }
  return numbers;
}
