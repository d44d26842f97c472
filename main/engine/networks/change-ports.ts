import type { Port } from '../../../shared/network/port.ts';
import { printPort } from '../../networks/ports/print-port.ts';
import type { FilterChange } from '../change.ts';
import type { Outcome } from '../failure.ts';
import { moveNic } from './move-nic.ts';
import { currentDocument, done, dropPort, fail, type NetworkDraft, needNetwork } from './network-draft.ts';
import { addressParameters, pinPort } from './pin-port.ts';

const span = { file: 'port', line: 1, column: 1, length: 0 };

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

/** The filter that a port was made with learns the guest's address in the other network; one that was attached since is left as it is. */
export function movePort(device: string, network: string, draft: NetworkDraft): Outcome<undefined> {
  const port = draft.ports.get(device);
  if (port === undefined) return moveNic(device, network, draft);
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
