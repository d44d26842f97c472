import { isDeviceName } from '../../../shared/plan/device-name.ts';
import type { Plug } from '../../../shared/plan/plug.ts';
import type { GuestLink } from '../../machine/guest-links.ts';
import { refused } from '../actions/edit-documents.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork } from '../workspace.ts';
import { giveDefault } from './adopt-nics.ts';
import { currentDocument, done, fail, type NetworkDraft, needNetwork, succeed } from './network-draft.ts';

/** The started network whose own bridge this is; a host's own bridge is none of Guestward's to unplug from. */
function networkOn(bridge: string | undefined, draft: NetworkDraft): StoredNetwork | undefined {
  return [...draft.networks.values()].find(
    ({ live }) =>
      bridge !== undefined && live?.document.forward.mode !== 'bridge' && live?.document.bridge.name === bridge,
  );
}

/** The bridge that it is to be plugged into. */
function bridgeFor({ name, live }: StoredNetwork, device: string): Outcome<string> {
  if (live === undefined) return fail({ kind: 'network-inactive', network: name });
  const { forward, bridge } = live.document;
  if (forward.mode !== 'bridge' && bridge.name !== undefined) return succeed(bridge.name);
  return refused(
    `network ${name} is the host's own bridge ${bridge.name ?? ''}, into which Guestward plugs nothing but ports of its own`,
    `set ${device}'s guest up there with its hypervisor, or give it a port: guestward port new ${name}`,
  );
}

/** What another program has plugged in and may be moved: it stays that program's, and so do all its settings but this one. */
function movable(device: string, draft: NetworkDraft): Outcome<GuestLink> {
  const link = draft.surroundings.guestLinks.find((each) => each.device === device);
  if (link === undefined || !isDeviceName(device)) return fail({ kind: 'port-not-found', device });
  if (link.bridge === undefined || networkOn(link.bridge, draft) !== undefined) return succeed(link);
  return refused(
    `${device} is in the bridge ${link.bridge}, which is of no network of Guestward's`,
    'choose the network where its guest is set up, with the program that has plugged it in there',
  );
}

/** A filter that came with the old network goes with it; one that somebody has attached stays. */
function refilter(device: string, target: StoredNetwork, draft: NetworkDraft): Outcome<undefined> {
  const bound = draft.bindings.get(device)?.binding;
  if (bound !== undefined && bound.adoptedBy === undefined) {
    draft.notes.add(
      `${device} keeps its filter ${bound.filter} as it is: see whether an address in it is still right.`,
    );
    return done;
  }
  if (currentDocument(target).settings.defaultFilter !== undefined) {
    const mac = bound?.mac ?? draft.surroundings.guestMacs.get(device);
    return mac === undefined
      ? fail({ kind: 'mac-unknown', device })
      : giveDefault(target, { device, mac }, true, draft);
  }
  if (bound !== undefined) draft.bindingChanges.push({ change: 'delete-binding', device });
  return done;
}

/** Moves a NIC that another program has made, until that program plugs it in anew. */
export function moveNic(device: string, network: string, draft: NetworkDraft): Outcome<undefined> {
  const found = needNetwork(draft, network);
  if (!found.ok) return found;
  const link = movable(device, draft);
  if (!link.ok) return link;
  const { name } = found.value;
  const to = bridgeFor(found.value, device);
  if (!to.ok) return to;
  const { bridge: from } = link.value;
  if (from === to.value) {
    draft.notes.add(`${device} is on network ${name} already.`);
    return done;
  }
  const filtered = refilter(device, found.value, draft);
  if (!filtered.ok) return filtered;
  draft.plugs.set(device, { device, ...(from !== undefined && { from }), to: to.value });
  const old = networkOn(from, draft)?.name;
  draft.notes.add(
    `${device} was not made by Guestward: whoever made it plugs it into its own network again at its guest's next start. To make it last, choose ${name} where that guest is set up: with libvirt, virsh edit GUEST and <source network='${name}'/>; or give it a port of ${name}.`,
  );
  if (old !== undefined)
    draft.notes.add(
      `The guest on ${device} keeps its address of ${old} until it asks for another: unplug and plug its card in the guest, or renew its lease.`,
    );
  return done;
}

/** Puts a NIC back where it was; nothing is to be done where its hypervisor has done so already. */
export function plugNic({ device, from, to }: Plug, draft: NetworkDraft): Outcome<undefined> {
  const link = draft.surroundings.guestLinks.find((each) => each.device === device);
  if (link !== undefined && link.bridge === to) return done;
  const place = (bridge: string | undefined) => (bridge === undefined ? 'no bridge' : `the bridge ${bridge}`);
  if (link === undefined || link.bridge !== from)
    return refused(
      link === undefined
        ? `${device} is not there any more`
        : `${device} is in ${place(link.bridge)} by now, not in ${place(from)}`,
      'move it from where it is: guestward port move',
    );
  if (to !== undefined && networkOn(to, draft) === undefined)
    return refused(`the network with the bridge ${to} does not stand any more`, 'start it, and try again');
  draft.plugs.set(device, { device, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  return done;
}
