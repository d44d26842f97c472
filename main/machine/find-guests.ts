import { type FoundMac, findGuestMac } from './find-guest-mac.ts';
import { guestName, hypervisorName } from './guest-mac/guest-name.ts';
import { type RunningHypervisor, readHost } from './guest-mac/read-host.ts';

/** Who is behind a device, as far as it can be seen. */
export interface FoundGuest {
  readonly hypervisor:
    | { readonly name: string; readonly pid: number | undefined; readonly guest: string | undefined }
    | undefined;
  readonly mac: FoundMac | undefined;
}

/** libvirt's guest that has this device, by the XML that it keeps of guests: `<name>` comes before anything else that has one. */
export function guestOfDomainXml(xml: string, device: string): string | undefined {
  const [domain = ''] = /<domain [\s\S]*<\/domain>/.exec(xml) ?? [];
  return domain.includes(`<target dev='${device}'`) ? /<name>([^<]*)<\/name>/.exec(domain)?.[1] : undefined;
}

/** The entries of `bridge -json fdb show` by the device that they stand at, each as a listing of its own. */
export function forwardingTablesByDevice(json: string): ReadonlyMap<string, string> {
  let entries: unknown;
  try {
    entries = JSON.parse(json);
  } catch {
    return new Map();
  }
  if (!Array.isArray(entries)) return new Map();
  const groups = new Map<string, unknown[]>();
  for (const entry of entries as readonly { readonly ifname?: unknown }[]) {
    const device = String(entry.ifname);
    groups.set(device, [...(groups.get(device) ?? []), entry]);
  }
  return new Map([...groups].map(([device, own]) => [device, JSON.stringify(own)]));
}

/** Looks once at everything that tells of guests, however many devices there are. */
export function findGuests(devices: readonly string[]): ReadonlyMap<string, FoundGuest> {
  const processes = readHost.hypervisors();
  const xmls = readHost.domainXmls();
  const links = readHost.links();
  const tables = forwardingTablesByDevice(readHost.forwardingTables() ?? '');
  const holders = new Map<string, RunningHypervisor[]>();
  for (const process of processes) {
    for (const device of new Set(process.taps.values())) {
      holders.set(device, [...(holders.get(device) ?? []), process]);
    }
  }
  return new Map(
    devices.map((device) => {
      const held = holders.get(device) ?? [];
      const mac = findGuestMac(device, {
        holdersOf: () => held,
        domainXmls: () => xmls,
        links: () => links,
        forwardingTable: () => tables.get(device),
      });
      const ofLibvirt = xmls.map((xml) => guestOfDomainXml(xml, device)).find((name) => name !== undefined);
      const [process] = held;
      const hypervisor =
        process === undefined
          ? ofLibvirt && { name: 'libvirt', pid: undefined, guest: ofLibvirt }
          : { name: hypervisorName(process.argv), pid: process.pid, guest: ofLibvirt ?? guestName(process.argv) };
      return [device, { hypervisor: hypervisor || undefined, mac }];
    }),
  );
}
