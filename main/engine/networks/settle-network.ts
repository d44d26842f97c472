import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { chooseBridgeName, defaultTemplate } from '../../networks/choose/choose-bridge-name.ts';
import type { Outcome } from '../failure.ts';
import { currentDocument, fail, findNetwork, type NetworkDraft, succeed } from './network-draft.ts';

/** A network keeps its uuid; a new one brings its own or gets one. */
function settleUuid({ name, uuid: given }: NetworkDocument, draft: NetworkDraft): Outcome<string> {
  const known = draft.networks.get(name);
  const stored = known && currentDocument(known).uuid;
  if (given !== undefined && stored !== undefined && given !== stored)
    return fail({ kind: 'network-uuid-mismatch', network: name, stored, given });
  const owner = given === undefined ? undefined : findNetwork(draft.networks, given);
  if (given !== undefined && owner !== undefined && owner.name !== name)
    return fail({ kind: 'network-uuid-taken', uuid: given, by: owner.name });
  return succeed(given ?? stored ?? draft.surroundings.makeUuid());
}

/** The network that has a bridge of this name, other than the one given; networks of mode bridge share what is the host's. */
function bridgeOwner(draft: NetworkDraft, bridge: string, except: string): string | undefined {
  const owner = [...draft.networks.values()].find(
    ({ name, persistent, live }) =>
      name !== except &&
      [persistent, live].some(
        (text) => text !== undefined && text.document.forward.mode !== 'bridge' && text.document.bridge.name === bridge,
      ),
  );
  return owner?.name;
}

function settleBridge({ name, bridge, forward }: NetworkDocument, draft: NetworkDraft): Outcome<string | undefined> {
  if (forward.mode === 'bridge') return succeed(bridge.name);
  const known = draft.networks.get(name);
  const wanted = bridge.name ?? (known && currentDocument(known).bridge.name) ?? defaultTemplate;
  const { links } = draft.surroundings.facts;
  const isTaken = (each: string): boolean =>
    links.some((link) => link.name === each) || bridgeOwner(draft, each, name) !== undefined;
  const chosen = chooseBridgeName(wanted, isTaken);
  if (chosen === undefined) return fail({ kind: 'no-bridge-name', network: name, template: wanted });
  const owner = bridgeOwner(draft, chosen, name);
  return owner === undefined
    ? succeed(chosen)
    : fail({ kind: 'bridge-taken', network: name, bridge: chosen, by: owner });
}

function settleMac({ name, bridge }: NetworkDocument, draft: NetworkDraft): bigint {
  const known = draft.networks.get(name);
  const macs = [...draft.networks.values()].map((stored) => currentDocument(stored).bridge.mac);
  const stored = bridge.mac ?? (known && currentDocument(known).bridge.mac);
  if (stored !== undefined) return stored;
  for (;;) {
    const mac = draft.surroundings.makeMac();
    if (!macs.includes(mac)) return mac;
  }
}

/** Chooses what the text leaves open: uuid, the bridge's name and its MAC address. What the network had before stays. */
export function settleNetwork(document: NetworkDocument, draft: NetworkDraft): Outcome<NetworkDocument> {
  const uuid = settleUuid(document, draft);
  if (!uuid.ok) return uuid;
  const bridge = settleBridge(document, draft);
  if (!bridge.ok) return bridge;
  const mac = settleMac(document, draft);
  return succeed({ ...document, uuid: uuid.value, bridge: { ...document.bridge, name: bridge.value, mac } });
}
