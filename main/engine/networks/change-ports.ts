import { formatMac } from '../../../shared/net/mac.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { Parameters } from '../../../shared/nwfilter/filter-document.ts';
import { completeHosts, hostsOf, pinGuests } from '../../networks/choose/pin-guests.ts';
import { printPort } from '../../networks/ports/print-port.ts';
import { printNetwork } from '../../networks/print/print-network.ts';
import type { FilterChange } from '../change.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork } from '../workspace.ts';
import { knownGuests } from './check-forwards.ts';
import { currentDocument, done, dropPort, fail, type NetworkDraft, needNetwork, setDocument } from './network-draft.ts';

const span = { file: 'port', line: 1, column: 1, length: 0 };

/** The addresses that the network's static hosts give to the port, as the stock filters' variables. */
function addressParameters(document: NetworkDocument, port: Port): Parameters {
  const addresses = hostsOf(document, { mac: port.mac, name: port.guest }, []).map(({ address }) => address);
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  const ipv6 = addresses.filter((address) => address.includes(':'));
  return { ...(ipv4.length > 0 && { IP: ipv4 }), ...(ipv6.length > 0 && { IPV6: ipv6 }) };
}

/**
 * A static host that was made for the guest's name learns its MAC address. A filter that holds a guest to its address has to know it, so a guest with
 * one gets an address of its own wherever the network has DHCP.
 */
function pinPort(stored: StoredNetwork, port: Port, draft: NetworkDraft): void {
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

export function createPort(wanted: Port, draft: NetworkDraft): Outcome<undefined> {
  const { device } = wanted;
  const existing = draft.ports.get(device);
  if (existing !== undefined) return fail({ kind: 'port-exists', device, network: existing.network });
  if (draft.surroundings.facts.links.some(({ name }) => name === device))
    return fail({ kind: 'port-exists', device, network: undefined });
  return placePort(wanted, draft);
}

function placePort(wanted: Port, draft: NetworkDraft): Outcome<undefined> {
  const { device } = wanted;
  const found = needNetwork(draft, wanted.network);
  if (!found.ok) return found;
  const document = currentDocument(found.value);
  const { portGroup } = wanted;
  if (portGroup !== undefined && !document.portGroups.some(({ name }) => name === portGroup))
    return fail({ kind: 'port-group-not-found', network: document.name, portGroup });
  const port: Port = { ...wanted, network: document.name, filter: wanted.filter ?? document.settings.defaultFilter };
  draft.ports.set(device, port);
  draft.files.set(`port ${device}`, { kind: 'port', name: device, text: printPort(port) });
  pinPort(found.value, port, draft);
  if (port.filter === undefined) return done;
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

/** The filter that the port was made with learns the guest's address in the other network; one that was attached since is left as it is. */
export function movePort(device: string, network: string, draft: NetworkDraft): Outcome<undefined> {
  const port = draft.ports.get(device);
  if (port === undefined) return fail({ kind: 'port-not-found', device });
  const found = needNetwork(draft, network);
  if (!found.ok) return found;
  const { name } = found.value;
  if (port.network === name) {
    draft.notes.add(`${device} is on network ${name} already.`);
    return done;
  }
  const bound = draft.bindings.get(device)?.binding.filter;
  const placed = placePort({ ...port, network: name }, draft);
  if (!placed.ok) return placed;
  if (bound !== port.filter) {
    draft.bindingChanges.splice(
      0,
      draft.bindingChanges.length,
      ...draft.bindingChanges.filter((each) => !isOf(each, device)),
    );
    if (bound !== undefined)
      draft.notes.add(`${device} keeps its filter ${bound} as it is: see whether an address in it is still right.`);
  }
  draft.notes.add(
    `The guest on ${device} keeps its address of ${port.network} until it asks for another: unplug and plug its card in the guest, or renew its lease.`,
  );
  return done;
}

const isOf = (change: FilterChange, device: string): boolean =>
  change.change === 'bind' && change.binding.device === device;
