import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';

export const hypervisors = ['qemu', 'libvirt', 'virtualbox', 'firecracker', 'cloud-hypervisor'] as const;
export type Hypervisor = (typeof hypervisors)[number];

export interface GuestLines {
  readonly hypervisor: Hypervisor;
  /** Lines to paste, without a newline at the end. */
  readonly text: string;
}

type Socket = Pick<Port, 'device' | 'mac' | 'guest'>;

/** What to write where a guest is started, so that it uses the port: its TAP, and its MAC, by which filters and leases know it. */
export function guestLines(port: Socket, bridge: string): readonly GuestLines[] {
  return hypervisors.map((hypervisor) => ({ hypervisor, text: writers[hypervisor](port, bridge).join('\n') }));
}

const writers: Readonly<Record<Hypervisor, (port: Socket, bridge: string) => readonly string[]>> = {
  // qemu(1): script=no leaves the device as it is, on its bridge and up.
  qemu: ({ device, mac }) => [
    `-netdev tap,id=${device},ifname=${device},script=no,downscript=no -device virtio-net-pci,netdev=${device},mac=${formatMac(mac)}`,
  ],
  // formatdomain: with managed='no' libvirt opens a device that is there, and does not delete it.
  libvirt: ({ device, mac }) => [
    "<interface type='ethernet'>",
    `  <target dev='${device}' managed='no'/>`,
    `  <mac address='${formatMac(mac)}'/>`,
    "  <model type='virtio'/>",
    '</interface>',
  ],
  // VBoxNetFlt hooks into a device as its wire, and a TAP that no program has opened is a wire that leads nowhere. It wants the MAC without colons.
  virtualbox: ({ device, mac, guest }, bridge) => [
    `# VirtualBox opens no TAP: it joins ${bridge} itself, past ${device}, whose filter and rates it escapes.`,
    `VBoxManage modifyvm ${machine(guest)} --nic1 bridged --bridgeadapter1 ${bridge} --macaddress1 ${formatMac(mac).replaceAll(':', '').toUpperCase()}`,
  ],
  // One element of "network-interfaces" in the file of --config-file.
  firecracker: ({ device, mac }) => [
    JSON.stringify({
      'network-interfaces': [{ iface_id: 'eth0', host_dev_name: device, guest_mac: formatMac(mac) }],
    }),
  ],
  'cloud-hypervisor': ({ device, mac }) => [`--net tap=${device},mac=${formatMac(mac)}`],
};

/** A word for a terminal: a guest's name may be anything. */
function machine(guest: string | undefined): string {
  return guest === undefined ? 'NAME' : `'${guest.replaceAll("'", "'\\''")}'`;
}
