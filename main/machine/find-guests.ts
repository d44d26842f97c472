import { type FoundMac, findGuestMac } from './find-guest-mac.ts';
import { guestName, hypervisorName } from './guest-mac/guest-name.ts';
import { lookOnce } from './guest-mac/look-once.ts';

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

/** Looks once at everything that tells of guests, however many devices there are. */
export function findGuests(devices: readonly string[]): ReadonlyMap<string, FoundGuest> {
  const host = lookOnce();
  return new Map(
    devices.map((device) => {
      const mac = findGuestMac(device, host);
      const ofLibvirt = host
        .domainXmls()
        .map((xml) => guestOfDomainXml(xml, device))
        .find((name) => name !== undefined);
      const [process] = host.holdersOf(device);
      const hypervisor =
        process === undefined
          ? ofLibvirt && { name: 'libvirt', pid: undefined, guest: ofLibvirt }
          : { name: hypervisorName(process.argv), pid: process.pid, guest: ofLibvirt ?? guestName(process.argv) };
      return [device, { hypervisor: hypervisor || undefined, mac }];
    }),
  );
}
