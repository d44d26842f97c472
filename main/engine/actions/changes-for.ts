import { parseMac } from '../../../shared/net/mac.ts';
import { formatSubnet, parseSubnet } from '../../../shared/net/subnet.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import { chooseSubnet } from '../../networks/choose/choose-subnet.ts';
import { formatForward } from '../../networks/forwards/format-forward.ts';
import { parseNetwork } from '../../networks/parse/parse-network.ts';
import type { Change } from '../change.ts';
import { curesWith } from '../examine.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork, Workspace } from '../workspace.ts';
import { type ActionSurroundings, findingId } from './action-surroundings.ts';
import { documentChanges, type Edit, edited, editSettings } from './document-changes.ts';
import {
  notAMac,
  pinAddress,
  portForward,
  refused,
  storedOpening,
  withForward,
  withoutForward,
} from './edit-documents.ts';
import { freeDevice } from './new-port.ts';
import { renumberChanges } from './renumber-changes.ts';

const span = { file: 'app', line: 1, column: 1, length: 0 };

/** What actions that come later in the same list are to see of those before them. */
interface Draft {
  readonly workspace: Workspace;
  readonly networks: Map<string, StoredNetwork>;
  readonly changes: Change[];
  readonly ports: Set<string>;
  readonly around: ActionSurroundings;
}

/** An action that is carried out as changes; `restore` is none of them. */
export type ChangingAction = Exclude<Action, { readonly action: 'restore' }>;

const done = { ok: true, value: undefined } as const;
type Step = Outcome<undefined>;

function push(draft: Draft, ...changes: readonly Change[]): Step {
  draft.changes.push(...changes);
  return done;
}

/** By name, or by UUID, as everywhere. */
function find({ networks }: Draft, nameOrUuid: string): StoredNetwork | undefined {
  const uuid = nameOrUuid.toLowerCase();
  const uuidOf = ({ live, persistent }: StoredNetwork) => (live ?? persistent)?.document.uuid;
  return networks.get(nameOrUuid) ?? [...networks.values()].find((each) => uuidOf(each) === uuid);
}

const missing = (network: string) => ({ ok: false, failure: { kind: 'network-not-found', network } }) as const;

function put(draft: Draft, network: StoredNetwork): Step {
  draft.networks.set(network.name, network);
  return push(draft, ...documentChanges(network));
}

function edit(draft: Draft, nameOrUuid: string, change: Edit): Step {
  const found = find(draft, nameOrUuid);
  return found === undefined ? missing(nameOrUuid) : put(draft, edited(found, change));
}

function defineNetwork(
  draft: Draft,
  { text, start, file = 'network.xml' }: Extract<Action, { action: 'define-network' }>,
): Step {
  const parsed = parseNetwork(text, file);
  push(draft, { change: 'define-network', text, file });
  // What is wrong with it comes out when the change is planned.
  if (!parsed.ok) return done;
  const { name } = parsed.value;
  const before = draft.networks.get(name);
  const after = { document: parsed.value, text };
  const isLive = before?.live !== undefined;
  draft.networks.set(name, { name, persistent: after, live: start ? after : before?.live });
  if (!start) return done;
  return push(
    draft,
    isLive ? { change: 'apply-live', network: name, text, file } : { change: 'start-network', network: name },
  );
}

function removeNetwork(draft: Draft, network: string): Step {
  const found = find(draft, network);
  if (found === undefined) return missing(network);
  const { name, live, persistent } = found;
  draft.networks.delete(name);
  return push(
    draft,
    ...(live === undefined ? [] : [{ change: 'destroy-network', network: name } as const]),
    ...(persistent === undefined ? [] : [{ change: 'undefine-network', network: name } as const]),
  );
}

function removeForward(draft: Draft, { network, forward }: Extract<Action, { action: 'remove-forward' }>): Step {
  const found = find(draft, network);
  if (found === undefined) return missing(network);
  const gone = portForward(forward);
  if (gone === undefined) return notAMac(forward.guest.by === 'mac' ? forward.guest.mac : '');
  const all = [found.live, found.persistent].flatMap((side) => side?.document.settings.forwards ?? []);
  const text = formatForward(gone);
  if (!all.some((each) => formatForward(each) === text)) return refused(`network ${found.name} has no forward ${text}`);
  return edit(
    draft,
    network,
    editSettings((settings) => ({ ...settings, forwards: withoutForward(settings.forwards, gone) })),
  );
}

function pin(draft: Draft, action: Extract<Action, { action: 'pin-address' }>): Step {
  const found = find(draft, action.network);
  const current = found?.live ?? found?.persistent;
  if (found === undefined || current === undefined) return missing(action.network);
  const tried = pinAddress(current.document, action);
  if (typeof tried === 'string') return refused(tried);
  // What stands and what is defined can differ; the definition follows as far as it can.
  return put(
    draft,
    edited(found, (document) => {
      const pinned = pinAddress(document, action);
      return typeof pinned === 'string' ? document : pinned;
    }),
  );
}

function renumber(draft: Draft, { network, subnet }: Extract<Action, { action: 'renumber-network' }>): Step {
  const found = find(draft, network);
  if (found === undefined) return missing(network);
  const documents = [...draft.networks.values()].flatMap(
    ({ live, persistent }) => (live ?? persistent)?.document ?? [],
  );
  const to = subnet === undefined ? chooseSubnet(draft.around.hostNetworks(), documents) : parseSubnet(subnet);
  if (to === undefined) {
    return subnet === undefined
      ? refused('no private subnet is free on this host', 'name the one to move to, such as 10.20.30.0/24')
      : refused(`'${subnet}' is not a subnet`, 'write it as 10.20.30.0/24, with no bits behind the prefix');
  }
  const moved = renumberChanges(draft.workspace, found, to);
  if (moved === undefined) {
    return refused(
      `network ${found.name} has no addresses that would fit into ${formatSubnet(to)}`,
      'name a subnet of the same family that is at least as large',
    );
  }
  draft.networks.set(found.name, moved.network);
  return push(draft, ...moved.changes);
}

function attach(draft: Draft, { device, filter, mac: text, parameters }: Extract<Action, { action: 'attach' }>): Step {
  const given = text === undefined ? undefined : parseMac(text);
  if (text !== undefined && given === undefined) return notAMac(text);
  const mac = given ?? ('MAC' in parameters ? undefined : draft.around.findGuestMac(device));
  return push(draft, { change: 'bind', binding: { device, mac, filter, parameters, span }, replace: true });
}

function newPort(draft: Draft, action: Extract<Action, { action: 'new-port' }>): Step {
  const { guest, filter, portGroup, mac: text } = action;
  const found = find(draft, action.network);
  if (found === undefined) return missing(action.network);
  const given = text === undefined ? undefined : parseMac(text);
  if (text !== undefined && given === undefined) return notAMac(text);
  // The lowest bit of the first byte (IEEE 802): no sender is one of these.
  if (given !== undefined && ((given >> 40n) & 1n) === 1n)
    return refused(
      `${text} is the address of a group, which no guest has`,
      'make the first byte an even one, such as 52',
    );
  const network = found.name;
  const other = [...draft.workspace.ports.values()].find((port) => port.network === network && port.mac === given);
  if (other !== undefined) return refused(`${text} is the MAC address of port ${other.device} of network ${network}`);
  if (guest !== undefined && !/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(guest))
    return refused(`'${guest}' is not a name that a guest can have`, 'letters, digits and -, up to 63, as in DNS');
  const device = freeDevice(draft.workspace, (each) => draft.ports.has(each) || draft.around.isThere(each));
  draft.ports.add(device);
  const { owner, makeMac } = draft.around;
  return push(draft, {
    change: 'create-port',
    port: { device, network, guest, mac: given ?? makeMac(), owner, filter, portGroup },
  });
}

function moveNic(draft: Draft, { device, network }: Extract<Action, { action: 'move-nic' }>): Step {
  const found = find(draft, network);
  if (found === undefined) return missing(network);
  const port = draft.workspace.ports.get(device);
  if (port?.network === found.name) return refused(`${device} is on network ${found.name} already`);
  return push(draft, { change: 'move-port', device, network: found.name });
}

function cure(draft: Draft, { network, findings: ids }: Extract<Action, { action: 'cure' }>): Step {
  const chosen = draft.around.findings.filter(
    (finding) => ids.includes(findingId(finding)) && finding.cure !== undefined,
  );
  const known = new Set(chosen.map(findingId));
  if (ids.some((id) => !known.has(id)))
    return refused(`what was found in the way of network ${network} is otherwise now`, 'look again, and choose anew');
  return push(draft, { change: 'cure-network', network, cures: curesWith(draft, network, chosen) });
}

function carryOut(action: ChangingAction, draft: Draft): Step {
  switch (action.action) {
    case 'define-network':
      return defineNetwork(draft, action);
    case 'start-network':
      return push(draft, { change: 'start-network', network: action.network });
    case 'stop-network':
      return push(draft, { change: 'destroy-network', network: action.network });
    case 'remove-network':
      return removeNetwork(draft, action.network);
    case 'set-autostart':
      return push(draft, { change: 'autostart-network', network: action.network, autostart: action.autostart });
    case 'set-reach':
      return edit(
        draft,
        action.network,
        editSettings((settings) => ({ ...settings, reach: action.reach })),
      );
    case 'set-reflect':
      return edit(
        draft,
        action.network,
        editSettings((settings) => ({ ...settings, reflect: action.reflect })),
      );
    case 'set-openings': {
      const openings = action.openings?.map(storedOpening);
      return edit(
        draft,
        action.network,
        editSettings((settings) => ({ ...settings, openings })),
      );
    }
    case 'add-forward': {
      const forward = portForward(action.forward);
      if (forward === undefined) return notAMac(action.forward.guest.by === 'mac' ? action.forward.guest.mac : '');
      const add: Edit = editSettings((settings) => ({
        ...settings,
        forwards: withForward(settings.forwards, forward),
      }));
      return edit(draft, action.network, add);
    }
    case 'remove-forward':
      return removeForward(draft, action);
    case 'pin-address':
      return pin(draft, action);
    case 'set-default-filter': {
      const defaultFilter = action.filter ?? undefined;
      return edit(
        draft,
        action.network,
        editSettings((settings) => ({ ...settings, defaultFilter })),
      );
    }
    case 'renumber-network':
      return renumber(draft, action);
    case 'attach':
      return attach(draft, action);
    case 'detach':
      return push(draft, { change: 'delete-binding', device: action.device });
    case 'define-filter':
      return push(draft, { change: 'define-filter', text: action.text, file: action.file ?? 'filter.xml' });
    case 'undefine-filter':
      return push(draft, { change: 'undefine-filter', nameOrUuid: action.filter });
    case 'new-port':
      return newPort(draft, action);
    case 'delete-port':
      return push(draft, { change: 'delete-port', device: action.device });
    case 'move-nic':
      return moveNic(draft, action);
    case 'cure':
      return cure(draft, action);
  }
}

/** The changes that actions come to, one after the other: later ones build on what earlier ones make of a network. Nothing is done yet. */
export function changesFor(
  actions: readonly ChangingAction[],
  workspace: Workspace,
  around: ActionSurroundings,
): Outcome<readonly Change[]> {
  const draft: Draft = { workspace, networks: new Map(workspace.networks), changes: [], ports: new Set(), around };
  for (const action of actions) {
    const outcome = carryOut(action, draft);
    if (!outcome.ok) return outcome;
  }
  return { ok: true, value: draft.changes };
}
