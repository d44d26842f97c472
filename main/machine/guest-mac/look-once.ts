import type { GuestMacHost } from '../find-guest-mac.ts';
import { forwardingTablesByDevice } from './forwarding-tables-by-device.ts';
import { type RunningHypervisor, readHost } from './read-host.ts';

/** The host as it is now: each part is looked at once, when it is first needed, however many devices are asked about. */
export interface HostNow extends GuestMacHost {
  holdersOf(device: string): readonly RunningHypervisor[];
}

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

function holdersByDevice(): ReadonlyMap<string, readonly RunningHypervisor[]> {
  const holders = new Map<string, RunningHypervisor[]>();
  for (const process of readHost.hypervisors()) {
    for (const device of new Set(process.taps.values())) {
      holders.set(device, [...(holders.get(device) ?? []), process]);
    }
  }
  return holders;
}

export function lookOnce(): HostNow {
  const holders = once(holdersByDevice);
  const tables = once(() => forwardingTablesByDevice(readHost.forwardingTables() ?? ''));
  return {
    holdersOf: (device) => holders().get(device) ?? [],
    domainXmls: once(readHost.domainXmls),
    links: once(readHost.links),
    forwardingTable: (device) => tables().get(device),
  };
}
