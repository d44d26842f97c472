import { formatMac } from '../../../shared/net/mac.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Parameters } from '../../../shared/nwfilter/filter-document.ts';
import { hostsOf, pinGuests } from '../../networks/choose/pin-guests.ts';
import { printPort } from '../../networks/ports/print-port.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork } from '../workspace.ts';
import { knownGuests } from './check-forwards.ts';
import {
  currentDocument,
  done,
  dropPort,
  fail,
  type NetworkDraft,
  needNetwork,
  note,
  setDocument,
} from './network-draft.ts';

const span = { file: 'port', line: 1, column: 1, length: 0 };

/** The addresses that the network's static hosts give to the port, as the stock filters' variables. */
function addressParameters(document: NetworkDocument, port: Port): Parameters {
  const addresses = hostsOf(document, { mac: port.mac }, []).map(({ address }) => address);
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  const ipv6 = addresses.filter((address) => address.includes(':'));
  return { ...(ipv4.length > 0 && { IP: ipv4 }), ...(ipv6.length > 0 && { IPV6: ipv6 }) };
}

/** A filter that holds a guest to its address has to know it, so the guest gets one that is its own, wherever the network has DHCP. */
function pinPort(stored: StoredNetwork, port: Port, draft: NetworkDraft): void {
  const known = knownGuests(draft, stored.name);
  for (const side of ['live', 'persistent'] as const) {
    const document = stored[side]?.document;
    if (document === undefined) continue;
    const pinned = pinGuests(document, [{ mac: port.mac, name: port.guest }], known);
    if (!pinned.ok || pinned.pins.length === 0) continue;
    setDocument(draft, stored.name, side, pinned.document);
    const [pin] = pinned.pins;
    const text = `${port.guest ?? formatMac(port.mac)} keeps the address ${pin?.address} of ${stored.name}, so that its filter knows it.`;
    if (!draft.warnings.some(({ message }) => message === text))
      draft.warnings.push(note('address-reserved', text, document));
  }
}

export function createPort(wanted: Port, draft: NetworkDraft): Outcome<undefined> {
  const { device } = wanted;
  const existing = draft.ports.get(device);
  if (existing !== undefined) return fail({ kind: 'port-exists', device, network: existing.network });
  if (draft.surroundings.facts.links.some(({ name }) => name === device))
    return fail({ kind: 'port-exists', device, network: undefined });
  const found = needNetwork(draft, wanted.network);
  if (!found.ok) return found;
  const document = currentDocument(found.value);
  const { portGroup } = wanted;
  if (portGroup !== undefined && !document.portGroups.some(({ name }) => name === portGroup))
    return fail({ kind: 'port-group-not-found', network: document.name, portGroup });
  const port: Port = { ...wanted, network: document.name, filter: wanted.filter ?? document.settings.defaultFilter };
  draft.ports.set(device, port);
  draft.files.set(`port ${device}`, { kind: 'port', name: device, text: printPort(port) });
  if (port.filter === undefined) return done;
  pinPort(found.value, port, draft);
  const after = currentDocument(draft.networks.get(document.name) ?? found.value);
  const binding = { device, mac: port.mac, filter: port.filter, parameters: addressParameters(after, port), span };
  draft.bindingChanges.push({ change: 'bind', binding, replace: true });
  return done;
}

export function deletePort(device: string, draft: NetworkDraft): Outcome<undefined> {
  if (!draft.ports.has(device)) return fail({ kind: 'port-not-found', device });
  dropPort(draft, device);
  return done;
}
