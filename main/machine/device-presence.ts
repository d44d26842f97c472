import { existsSync } from 'node:fs';

/** Whether a network device is there, in the network namespace that /sys was mounted in. */
export function isPresent(device: string): boolean {
  return existsSync(`/sys/class/net/${device}`);
}
