import { readFileSync } from 'node:fs';

/** What a device has counted since it came up; of a guest's TAP, received is what the guest has sent. */
export interface DeviceTraffic {
  readonly receivedBytes: number;
  readonly receivedPackets: number;
  readonly sentBytes: number;
  readonly sentPackets: number;
}

/** Reads `/proc/net/dev` (man 5 proc): two lines of headings, then a line a device. Lines of another form are left out. */
export function parseTraffic(text: string): Readonly<Record<string, DeviceTraffic>> {
  const devices: [string, DeviceTraffic][] = text
    .split('\n')
    .slice(2)
    .flatMap((line): [string, DeviceTraffic][] => {
      const [, device, rest = ''] = /^\s*(\S+):\s*([0-9 ]+)$/.exec(line) ?? [];
      const numbers = rest.trim().split(/\s+/).map(Number);
      const [receivedBytes = 0, receivedPackets = 0, , , , , , , sentBytes = 0, sentPackets = 0] = numbers;
      if (device === undefined || numbers.length < 16) return [];
      return [[device, { receivedBytes, receivedPackets, sentBytes, sentPackets }]];
    });
  return Object.fromEntries(devices);
}

/** The traffic of every device of this network namespace; no rights are needed. */
export function readTraffic(): Readonly<Record<string, DeviceTraffic>> {
  return parseTraffic(readFileSync('/proc/net/dev', 'utf8'));
}
