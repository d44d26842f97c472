import { formatMac } from '../../../shared/net/mac.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Parameters } from '../../../shared/nwfilter/filter-document.ts';
import { completeHosts, hostsOf, pinGuests } from '../../networks/choose/pin-guests.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import type { StoredNetwork } from '../workspace.ts';
import { knownGuests } from './check-forwards.ts';
import { type NetworkDraft, setDocument } from './network-draft.ts';

/** A guest as far as its address is told by it. */
type Pinned = Pick<Port, 'mac' | 'guest' | 'filter'>;

/** The addresses that the network's static hosts give to the port, as the stock filters' variables. */
export function addressParameters(document: NetworkDocument, port: Pinned): Parameters {
  const addresses = hostsOf(document, { mac: port.mac, name: port.guest }, []).map(({ address }) => address);
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  const ipv6 = addresses.filter((address) => address.includes(':'));
  return { ...(ipv4.length > 0 && { IP: ipv4 }), ...(ipv6.length > 0 && { IPV6: ipv6 }) };
}

/**
 * A static host that was made for the guest's name learns its MAC address. A filter that holds a guest to its address has to know it, so a guest with
 * one gets an address of its own wherever the network has DHCP.
 */
export function pinPort(stored: StoredNetwork, port: Pinned, draft: NetworkDraft): void {
  const { guest: name, mac } = port;
  const known = knownGuests(draft, stored.name);
  for (const side of ['live', 'persistent'] as const) {
    const document = stored[side]?.document;
    if (document === undefined) continue;
    const completed = name === undefined ? document : completeHosts(document, { mac, name });
    const pinned = port.filter === undefined ? undefined : pinGuests(completed, [{ mac, name }], known);
    const after = pinned?.ok ? pinned.document : completed;
    if (printNetwork(after) !== stored[side]?.text) setDocument(draft, stored.name, side, after);
    for (const { address } of pinned?.ok ? pinned.pins : []) {
      const text = `${name ?? formatMac(mac)} keeps the address ${address} of ${stored.name}, so that its filter knows it.`;
      draft.notes.add(text);
    }
  }
}
