import { randomBytes, randomUUID } from 'node:crypto';
import type { HelperResults } from '../../../shared/plan/helper-protocol.ts';
import { findKnownMacs } from '../../machine/find-known-macs.ts';
import { guestLinks } from '../../machine/guest-links.ts';
import { hostNetworks } from '../../machine/host-networks.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';
import type { Change } from '../change.ts';
import type { ClientFailure, HelperSession } from '../helper-client.ts';
import type { NetworkPlanning } from '../plan-changes.ts';
import type { Workspace } from '../workspace.ts';
import { leasedAddresses } from './leased-addresses.ts';
import { networkStage } from './network-stage.ts';

type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ClientFailure };

/** 52:54:00 is the block that KVM guests and libvirt's bridges have their addresses of. */
const makeMac = (): bigint => (0x525400n << 24n) | BigInt(`0x${randomBytes(3).toString('hex')}`);

const textsOf = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap((change) => ('text' in change ? [change.text] : []));

/** Whether a port of the host may become forwarded by this. */
function mayForward(changes: readonly Change[], { networks }: Workspace): boolean {
  const starts = changes.some(({ change }) => change === 'start-network');
  const stored = starts ? [...networks.values()].map(({ persistent }) => persistent?.text ?? '') : [];
  // libvirt's own <forward> has no protocol.
  return [...textsOf(changes), ...stored].some((text) => /<(?:[^\s<>/:]+:)?forward\s[^<>]*\bprotocol\s*=/.test(text));
}

/** A guest with a filter is given an address of its own. */
const pinning: ReadonlySet<Change['change']> = new Set(['create-port', 'adopt-nics', 'move-port'] as const);

/** Whether the addresses that guests have by DHCP matter: a guest that is to keep one keeps the one that it has. */
function needsLeases(changes: readonly Change[], workspace: Workspace): boolean {
  const isLive = [...workspace.networks.values()].some(({ live }) => live !== undefined);
  const pins = changes.some(({ change }) => pinning.has(change)) || mayForward(changes, workspace);
  return isLive && pins;
}

/** They are about NICs that others have plugged in. */
const plugging: ReadonlySet<Change['change']> = new Set(['adopt-nics', 'move-port', 'plug-nic'] as const);

function macsOfMoved(changes: readonly Change[], { ports, bindings }: Workspace): ReadonlyMap<string, bigint> {
  const devices = changes.flatMap((change) => {
    if (change.change !== 'move-port' || ports.has(change.device)) return [];
    return bindings.get(change.device)?.binding.mac === undefined ? [change.device] : [];
  });
  if (devices.length === 0) return new Map();
  return new Map([...findKnownMacs(devices)].map(([device, { mac }]) => [device, mac]));
}

async function askLeases(session: HelperSession): Promise<Asked<Readonly<Record<string, readonly GuestAddress[]>>>> {
  const states = await session.networkStates();
  if (!states.ok) return states;
  const entries = Object.entries(states.value.networks).map(([name, { leases }]) => [name, leasedAddresses(leases)]);
  return { ok: true, value: Object.fromEntries(entries) as Record<string, readonly GuestAddress[]> };
}

async function askListeners(session: HelperSession): Promise<Asked<HelperResults['inspect']['listeners']>> {
  const inspected = await session.inspect();
  return inspected.ok ? { ok: true, value: inspected.value.listeners } : inspected;
}

/** Looks at all that a plan of networks depends on, and asks the helper no more than these changes make necessary. */
export async function networkPlanning(
  session: HelperSession,
  workspace: Workspace,
  changes: readonly Change[],
  rebooted: boolean,
): Promise<Asked<NetworkPlanning>> {
  const leases = needsLeases(changes, workspace) ? await askLeases(session) : { ok: true as const, value: {} };
  if (!leases.ok) return leases;
  const listeners = mayForward(changes, workspace) ? await askListeners(session) : { ok: true as const, value: [] };
  if (!listeners.ok) return listeners;
  return {
    ok: true,
    value: {
      stage: networkStage,
      surroundings: {
        facts: hostNetworks(),
        now: Math.floor(Date.now() / 1000),
        leases: leases.value,
        listeners: listeners.value,
        rebooted,
        setups: workspace.setups,
        guestLinks: changes.some(({ change }) => plugging.has(change)) ? guestLinks() : [],
        guestMacs: macsOfMoved(changes, workspace),
        makeUuid: randomUUID,
        makeMac,
      },
    },
  };
}
