import { parseMac } from '../../shared/net/mac.ts';
import type { HypervisorProcess, MacReader } from './guest-mac/hypervisor-process.ts';
import { macInCloudHypervisor } from './guest-mac/mac-in-cloud-hypervisor.ts';
import { macInDomainXml } from './guest-mac/mac-in-domain-xml.ts';
import { macInFirecracker } from './guest-mac/mac-in-firecracker.ts';
import { macInForwardingTable } from './guest-mac/mac-in-forwarding-table.ts';
import { macInQemu } from './guest-mac/mac-in-qemu.ts';
import { macOfLibvirtTap } from './guest-mac/mac-of-libvirt-tap.ts';
import { peerOf } from './guest-mac/peer-of.ts';
import { readHost } from './guest-mac/read-host.ts';

export interface FoundMac {
  /** 48 bit. */
  readonly mac: bigint;
  /** Where it was found, in a few words. */
  readonly source: string;
}

/** What is looked at to find a guest's MAC address, each part when it is needed. */
export interface GuestMacHost {
  /** Hypervisors that hold the device, so that nobody can put an address into our rules by a forged command line. */
  holdersOf(device: string): readonly HypervisorProcess[];
  /** What libvirt writes of its running and of its defined guests. */
  domainXmls(): readonly string[];
  /** All network devices, as `ip -json -details link show` prints them; undefined where they cannot be had. */
  links(): string | undefined;
  /** What the device's bridge has learnt there, as `bridge -json fdb` prints it; undefined where it is in no bridge. */
  forwardingTable(device: string): string | undefined;
}

const readers: readonly (readonly [RegExp, string, MacReader])[] = [
  [/^(?:qemu-system-|qemu-kvm|kvm$)/, "QEMU's command line", macInQemu],
  [/^cloud-hypervisor/, "cloud-hypervisor's command line", macInCloudHypervisor],
  [/^firecracker/, "Firecracker's configuration", macInFirecracker],
];

function* candidates(device: string, host: GuestMacHost): Generator<readonly [string | undefined, string]> {
  for (const process of host.holdersOf(device)) {
    const program = process.argv[0]?.split('/').at(-1) ?? '';
    for (const [name, source, read] of readers) if (name.test(program)) yield [read(process, device), source];
  }
  for (const xml of host.domainXmls()) yield [macInDomainXml(xml, device), 'libvirt'];
  const links = host.links();
  const peer = links === undefined ? undefined : peerOf(device, links);
  yield [peer?.address, `its peer ${peer?.name}`];
  const own = links === undefined ? undefined : macOfLibvirtTap(device, links);
  yield [own, "the device's own address, as libvirt gives it"];
  const table = host.forwardingTable(device);
  yield [table === undefined ? undefined : macInForwardingTable(table), 'what its bridge has learnt'];
}

/**
 * Finds the MAC address of the guest behind a device. The device's own address is the host's and not the guest's, so what is asked is the
 * hypervisor, then a veth's peer, then the address of a TAP of libvirt's, then the bridge, which knows what the guest has used.
 */
export function findGuestMac(device: string, host: GuestMacHost = readHost): FoundMac | undefined {
  for (const [text, source] of candidates(device, host)) {
    const mac = text === undefined ? undefined : parseMac(text);
    if (mac !== undefined) return { mac, source };
  }
  return undefined;
}
