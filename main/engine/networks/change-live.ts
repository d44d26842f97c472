import { formatSubnet } from '../../../shared/net/subnet.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { documentSubnets } from '../../networks/choose/document-subnets.ts';
import { updateNetwork } from '../../networks/update/update-network.ts';
import type { NetworkChange } from '../change.ts';
import type { Outcome } from '../failure.ts';
import { checkForwards, pinForwards } from './check-forwards.ts';
import { accept, done, fail, type NetworkDraft, needNetwork, setDocument } from './network-draft.ts';
import { checkSubnets } from './start-network.ts';

/** What of a started network cannot become something else under its guests; undefined where nothing of it changes. */
function fixedPart(before: NetworkDocument, after: NetworkDocument): string | undefined {
  if (before.bridge.name !== after.bridge.name) return 'the name of its bridge';
  const isHostBridge = ({ forward }: NetworkDocument): boolean => forward.mode === 'bridge';
  return isHostBridge(before) === isHostBridge(after) ? undefined : 'whether its bridge is its own';
}

const subnetsOf = (document: NetworkDocument): string => documentSubnets(document).map(formatSubnet).join(' ');

/** Lets a started network stand as another document says; guests stay connected. */
export function applyLive(nameOrUuid: string, document: NetworkDocument, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, nameOrUuid);
  if (!found.ok) return found;
  const { name, live } = found.value;
  if (document.name !== name) return fail({ kind: 'network-name-mismatch', network: name, given: document.name });
  if (live === undefined) return fail({ kind: 'network-inactive', network: name });
  const what = fixedPart(live.document, document);
  if (what !== undefined) return fail({ kind: 'needs-restart', network: name, what });
  // What a network has it keeps, even where the host has come to a LAN of the same addresses meanwhile.
  const subnets = subnetsOf(document) === subnetsOf(live.document) ? done : checkSubnets(document, draft);
  if (!subnets.ok) return subnets;
  const forwards = checkForwards(document, live.document, draft);
  if (!forwards.ok) return forwards;
  setDocument(draft, name, 'live', document);
  return done;
}

type Update = Extract<NetworkChange, { readonly change: 'update-network' }>;

/** virsh net-update: of the network as it stands, as it is defined, or both; where neither is asked for, what counts now. */
export function updateStored(change: Update, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, change.network);
  if (!found.ok) return found;
  const { name, live, persistent } = found.value;
  const current = !change.live && !change.config;
  const wantsLive = change.live || (current && live !== undefined);
  const wantsConfig = change.config || (current && live === undefined);
  if (wantsLive && live === undefined) return fail({ kind: 'network-inactive', network: name });
  if (wantsConfig && persistent === undefined) return fail({ kind: 'network-transient', network: name });
  draft.sources.set(change.file, change.text);
  for (const side of ['persistent', 'live'] as const) {
    const stored = side === 'live' ? (wantsLive ? live : undefined) : wantsConfig ? persistent : undefined;
    if (stored === undefined) continue;
    const updated = accept(updateNetwork(stored.document, change), draft);
    if (!updated.ok) return updated;
    const pinned = pinForwards(updated.value, draft);
    if (!pinned.ok) return pinned;
    if (side === 'live') {
      const applied = applyLive(name, pinned.value, draft);
      if (!applied.ok) return applied;
    } else setDocument(draft, name, side, pinned.value);
  }
  return done;
}
