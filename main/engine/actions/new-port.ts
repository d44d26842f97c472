import { randomBytes } from 'node:crypto';
import type { Workspace } from '../workspace.ts';

/** In KVM's block, 52:54:00. */
export const randomMac = (): bigint => 0x5254_0000_0000n | BigInt(randomBytes(3).readUIntBE(0, 3));

/** The first of gw0, gw1 ... that nobody has. */
export function freeDevice(
  { ports, bindings }: Pick<Workspace, 'ports' | 'bindings'>,
  isThere: (device: string) => boolean,
): string {
  for (let number = 0; ; number += 1) {
    const device = `gw${number}`;
    if (!ports.has(device) && !bindings.has(device) && !isThere(device)) return device;
  }
}
