import { type MacReader, valuesOf } from './hypervisor-process.ts';

type Properties = Readonly<Record<string, string>>;

/** What QEMU gives the first NIC of a guest that has no address of its own (qemu: net/net.c, qemu_macaddr_default_if_unset). */
const firstDefaultMac = '52:54:00:12:34:56';

/**
 * Reads `type,key=value,...` or the JSON object that newer libvirts write in its place. A comma in a value is written twice; the word in front,
 * which needs no key, is kept under `type`.
 */
export function readProperties(text: string): Properties {
  if (text.startsWith('{')) {
    try {
      const read: unknown = JSON.parse(text);
      return Object.fromEntries(Object.entries(read as object).map(([key, value]) => [key, String(value)]));
    } catch {
      return {};
    }
  }
  const parts = text.split(/(?<!,),(?!,)/).map((part) => part.replaceAll(',,', ','));
  return Object.fromEntries(
    parts.map((part, at) => {
      const [, key, value = 'on'] = /^([^=]+)(?:=(.*))?$/s.exec(part) ?? [];
      return at === 0 && !part.includes('=') ? ['type', part] : [key ?? '', value];
    }),
  );
}

/** Descriptors are numbers, one as `fd`, or several as `fds` with colons between. */
const descriptors = ({ fd, fds }: Properties): readonly number[] =>
  [...(fds?.split(':') ?? []), ...(fd === undefined ? [] : [fd])].map(Number);

/** `-netdev tap,id=N,ifname=DEV -device virtio-net-pci,netdev=N,mac=M`, `-nic tap,ifname=DEV,mac=M`, and libvirt's form with a descriptor for the device. */
export const macInQemu: MacReader = ({ argv, taps }, device) => {
  const nics = valuesOf(argv, '-nic', '--nic').map(readProperties);
  const netdevs = valuesOf(argv, '-netdev', '--netdev').map(readProperties);
  const devices = valuesOf(argv, '-device', '--device').map(readProperties);
  const onTaps = [...nics, ...netdevs].filter(({ type }) => type === 'tap' || type === 'bridge');
  const isOnlyOne = onTaps.length === 1 && new Set(taps.values()).size === 1;
  const isOurs = (properties: Properties): boolean =>
    properties['ifname'] === device ||
    descriptors(properties).some((fd) => taps.get(fd) === device) ||
    // The device's name came from QEMU's bridge helper or from the kernel.
    (isOnlyOne && properties['ifname'] === undefined && [...taps.values()].includes(device));
  const ours = onTaps.find(isOurs);
  if (ours === undefined) return undefined;
  const nic = nics.includes(ours) ? ours : devices.find(({ netdev }) => netdev === ours['id']);
  if (nic === undefined) return undefined;
  const isFirst = nics.length + devices.filter(({ netdev }) => netdev !== undefined).length === 1;
  return nic['mac'] ?? (isFirst ? firstDefaultMac : undefined);
};
