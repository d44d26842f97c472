import type { Binding } from '../../../shared/nwfilter/binding.ts';
import type { PluggedNic } from '../change.ts';
import type { Outcome } from '../failure.ts';
import { currentDocument, done, type NetworkDraft, needNetwork } from './network-draft.ts';
import { addressParameters, pinPort } from './pin-port.ts';

const span = { file: 'default filter', line: 1, column: 1, length: 0 };

function adoptNic({ device, network, mac }: PluggedNic, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, network);
  if (!found.ok) return found;
  const { name } = found.value;
  const filter = currentDocument(found.value).settings.defaultFilter;
  // Somebody may have attached another by now, or have taken the default away.
  if (filter === undefined || draft.bindings.has(device)) return done;
  const nic = { mac, guest: undefined, filter };
  pinPort(found.value, nic, draft);
  const after = currentDocument(draft.networks.get(name) ?? found.value);
  const binding: Binding = { device, mac, adoptedBy: name, filter, parameters: addressParameters(after, nic), span };
  draft.bindingChanges.push({ change: 'bind', binding, replace: false });
  return done;
}

/** A filter that somebody has attached himself waits for its device; one that came with a network goes with the device. */
export function adoptNics(
  plugged: readonly PluggedNic[],
  gone: readonly string[],
  draft: NetworkDraft,
): Outcome<undefined> {
  for (const device of gone) {
    if (draft.bindings.get(device)?.binding.adoptedBy !== undefined)
      draft.bindingChanges.push({ change: 'delete-binding', device });
  }
  for (const nic of plugged) {
    const adopted = adoptNic(nic, draft);
    if (!adopted.ok) return adopted;
  }
  return done;
}
