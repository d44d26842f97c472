import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';
import type { NetworkChange } from '../change.ts';
import type { Outcome } from '../failure.ts';
import { adoptNics } from './adopt-nics.ts';
import { applyLive, updateStored } from './change-live.ts';
import { createPort, deletePort, movePort } from './change-ports.ts';
import { checkForwards, pinForwards } from './check-forwards.ts';
import { plugNic } from './move-nic.ts';
import { accept, done, fail, type NetworkDraft, needNetwork, setDocument } from './network-draft.ts';
import { settleNetwork } from './settle-network.ts';
import { startNetwork } from './start-network.ts';

/** The document of a text, with everything chosen that the text leaves open. */
export function readNetwork(text: string, file: string, draft: NetworkDraft): Outcome<NetworkDocument> {
  draft.sources.set(file, text);
  const parsed = accept(parseNetwork(text, file), draft);
  if (!parsed.ok) return parsed;
  const settled = settleNetwork(parsed.value, draft);
  return settled.ok ? pinForwards(settled.value, draft) : settled;
}

function defineNetwork(text: string, file: string, draft: NetworkDraft): Outcome<undefined> {
  const read = readNetwork(text, file, draft);
  if (!read.ok) return read;
  const { name, settings } = read.value;
  const stored = draft.networks.get(name);
  const forwards = checkForwards(read.value, stored?.live?.document ?? stored?.persistent?.document, draft);
  if (!forwards.ok) return forwards;
  // libvirt keeps autostart beside the definition, and so does whoever defines a network again from a text that says nothing of it.
  const autostart = settings.autostart || (stored?.persistent?.document.settings.autostart ?? false);
  setDocument(draft, name, 'persistent', { ...read.value, settings: { ...settings, autostart } });
  return done;
}

function createNetwork(text: string, file: string, draft: NetworkDraft): Outcome<undefined> {
  const read = readNetwork(text, file, draft);
  if (!read.ok) return read;
  const { name } = read.value;
  if (draft.networks.get(name)?.live !== undefined) return fail({ kind: 'network-active', network: name });
  return startNetwork(read.value, draft);
}

function startDefined(nameOrUuid: string, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, nameOrUuid);
  if (!found.ok) return found;
  const { name, live, persistent } = found.value;
  if (live !== undefined || persistent === undefined) return fail({ kind: 'network-active', network: name });
  return startNetwork(persistent.document, draft);
}

/** Takes one side of a network away; what stood there must have. */
function takeAway(nameOrUuid: string, side: 'persistent' | 'live', draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, nameOrUuid);
  if (!found.ok) return found;
  const { name } = found.value;
  if (found.value[side] === undefined)
    return fail({ kind: side === 'live' ? 'network-inactive' : 'network-transient', network: name });
  setDocument(draft, name, side, undefined);
  return done;
}

function setAutostart(nameOrUuid: string, autostart: boolean, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, nameOrUuid);
  if (!found.ok) return found;
  const { name, persistent, live } = found.value;
  if (persistent === undefined) return fail({ kind: 'network-transient', network: name });
  for (const [side, stored] of [
    ['persistent', persistent],
    ['live', live],
  ] as const) {
    if (stored === undefined || stored.document.settings.autostart === autostart) continue;
    const { document } = stored;
    setDocument(draft, name, side, { ...document, settings: { ...document.settings, autostart } });
  }
  return done;
}

/** Carries one change out on networks and ports alone. */
export function changeNetwork(change: NetworkChange, draft: NetworkDraft): Outcome<undefined> {
  switch (change.change) {
    case 'define-network':
      return defineNetwork(change.text, change.file, draft);
    case 'create-network':
      return createNetwork(change.text, change.file, draft);
    case 'undefine-network':
      return takeAway(change.network, 'persistent', draft);
    case 'start-network':
      return startDefined(change.network, draft);
    case 'destroy-network':
      return takeAway(change.network, 'live', draft);
    case 'autostart-network':
      return setAutostart(change.network, change.autostart, draft);
    case 'apply-live': {
      const read = readNetwork(change.text, change.file, draft);
      return read.ok ? applyLive(change.network, read.value, draft) : read;
    }
    case 'update-network':
      return updateStored(change, draft);
    case 'cure-network': {
      const found = needNetwork(draft, change.network);
      if (!found.ok) return found;
      if (found.value.live === undefined) return fail({ kind: 'network-inactive', network: found.value.name });
      draft.cures.set(found.value.name, change.cures);
      return done;
    }
    case 'create-port':
      return createPort(change.port, draft);
    case 'delete-port':
      return deletePort(change.device, draft);
    case 'adopt-nics':
      return adoptNics(change.plugged, change.gone, draft);
    case 'move-port':
      return movePort(change.device, change.network, draft);
    case 'plug-nic':
      return plugNic(change.plug, draft);
  }
}
