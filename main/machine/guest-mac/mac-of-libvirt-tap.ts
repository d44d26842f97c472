import { parseListing } from '../parse-listing.ts';

/**
 * libvirt gives a TAP that it makes, which it names vnetN, the guest's address with fe in front, so that the bridge never takes it for its own
 * (libvirt: virNetDevTapCreateInBridgePort). KVM guests are of the block 52:54:00, so what stood there is known.
 */
export function macOfLibvirtTap(device: string, json: string): string | undefined {
  if (!/^vnet\d+$/.test(device)) return undefined;
  const links = parseListing(json) ?? [];
  const own = (links as readonly { readonly ifname?: unknown; readonly address?: unknown }[]).find(
    ({ ifname }) => ifname === device,
  );
  return typeof own?.address === 'string' && own.address.startsWith('fe:54:00:')
    ? own.address.replace('fe:', '52:')
    : undefined;
}
