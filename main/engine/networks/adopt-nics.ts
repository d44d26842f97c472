import type { Binding } from '../../../shared/nwfilter/binding.ts';
import type { PluggedNic } from '../change.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork } from '../workspace.ts';
import { currentDocument, done, type NetworkDraft, needNetwork } from './network-draft.ts';
import { addressParameters, pinPort } from './pin-port.ts';
import { leftNics } from './waiting-nics.ts';

const span = { file: 'default filter', line: 1, column: 1, length: 0 };

/** Binds a NIC of others to the default filter of its network, if that has one, with an address of its own. */
export function giveDefault(
  stored: StoredNetwork,
  { device, mac }: Omit<PluggedNic, 'network'>,
  replace: boolean,
  draft: NetworkDraft,
): Outcome<undefined> {
  const { name } = stored;
  const filter = currentDocument(stored).settings.defaultFilter;
  if (filter === undefined) return done;
  const nic = { mac, guest: undefined, filter };
  pinPort(stored, nic, draft);
  const after = currentDocument(draft.networks.get(name) ?? stored);
  const binding: Binding = { device, mac, adoptedBy: name, filter, parameters: addressParameters(after, nic), span };
  draft.bindingChanges.push({ change: 'bind', binding, replace });
  return done;
}

function adoptNic({ device, network, mac }: PluggedNic, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, network);
  if (!found.ok) return found;
  const filter = currentDocument(found.value).settings.defaultFilter;
  // Somebody may have attached another by now, or have taken the default away.
  if (filter === undefined || draft.bindings.has(device)) return done;
  return giveDefault(found.value, { device, mac }, false, draft);
}

/** A filter that somebody has attached himself waits for its device; one that came with a network goes with the device. */
export function adoptNics(
  plugged: readonly PluggedNic[],
  gone: readonly string[],
  draft: NetworkDraft,
): Outcome<undefined> {
  // Looked at again: it may have been moved meanwhile, and have the filter of the network that it is on now.
  const left = gone.length === 0 ? [] : leftNics(draft, draft.surroundings.guestLinks);
  for (const device of gone) {
    if (left.some((nic) => nic.device === device)) draft.bindingChanges.push({ change: 'delete-binding', device });
  }
  for (const nic of plugged) {
    const adopted = adoptNic(nic, draft);
    if (!adopted.ok) return adopted;
  }
  return done;
}
