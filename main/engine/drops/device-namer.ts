import { deviceIndices } from '../../machine/device-indices.ts';

/** Devices come and go while drops are told of; where one is not known the machine is asked again, but not for every packet. */
const askAgainMilliseconds = 1000;

/** Names devices by the kernel's numbers. */
export function createDeviceNamer(read: typeof deviceIndices = deviceIndices): (index: number) => string | undefined {
  let names: ReadonlyMap<number, string> = new Map();
  let asked = Number.NEGATIVE_INFINITY;
  return (index) => {
    if (index === 0) return undefined;
    const now = performance.now();
    if (!names.has(index) && now - asked > askAgainMilliseconds) {
      names = read();
      asked = now;
    }
    return names.get(index);
  };
}
