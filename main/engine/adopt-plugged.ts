import type { FoundMac } from '../machine/find-guest-mac.ts';
import { findKnownMacs } from '../machine/find-known-macs.ts';
import { type GuestLink, guestLinks } from '../machine/guest-links.ts';
import type { PluggedNic } from './change.ts';
import type { Engine } from './engine.ts';
import type { EngineFailure, Outcome } from './failure.ts';
import { leftNics, type WaitingNic, waitingNics } from './networks/waiting-nics.ts';

/** What became of NICs that others have plugged in. */
export interface Adopted {
  readonly adopted: readonly (WaitingNic & { readonly mac: bigint })[];
  readonly gone: readonly string[];
  /** Without the guest's MAC address, or refused. */
  readonly left: readonly (WaitingNic & { readonly failure: EngineFailure })[];
}

interface Wishes {
  readonly dryRun?: boolean;
  /** Of this network alone. */
  readonly network?: string | undefined;
  /** Which of those that wait; all unless said. */
  readonly isWanted?: (nic: WaitingNic) => boolean;
}

/** The host as it is seen. */
interface Around {
  readonly links: readonly GuestLink[];
  macsOf(devices: readonly string[]): ReadonlyMap<string, FoundMac>;
}

const macUnknown = (device: string): Outcome<never> => ({ ok: false, failure: { kind: 'mac-unknown', device } });

/**
 * Gives NICs that a hypervisor or somebody else has plugged into a network its default filter, each by a change of its own: what one is refused for
 * is no reason to leave another open. The filter goes when the NIC goes.
 */
export async function adoptPlugged(
  engine: Pick<Engine, 'workspace' | 'apply'>,
  { dryRun = false, network, isWanted = () => true }: Wishes = {},
  { links, macsOf }: Around = { links: guestLinks(), macsOf: findKnownMacs },
): Promise<Outcome<Adopted>> {
  const isMeant = (nic: { readonly network: string }): boolean => network === undefined || nic.network === network;
  const waiting = waitingNics(engine.workspace, links).filter((nic) => isMeant(nic) && isWanted(nic));
  const gone = leftNics(engine.workspace, links)
    .filter(isMeant)
    .map(({ device }) => device);
  const adopt = (plugged: readonly PluggedNic[], left: readonly string[]) =>
    engine.apply([{ change: 'adopt-nics', plugged, gone: left }], { dryRun });

  if (gone.length > 0) {
    const dropped = await adopt([], gone);
    if (!dropped.ok) return dropped;
  }
  const macs = waiting.length === 0 ? new Map<string, FoundMac>() : macsOf(waiting.map(({ device }) => device));
  const adopted: (WaitingNic & { readonly mac: bigint })[] = [];
  const left: (WaitingNic & { readonly failure: EngineFailure })[] = [];
  for (const nic of waiting) {
    const { mac = 0n } = macs.get(nic.device) ?? {};
    const applied = macs.has(nic.device)
      ? await adopt([{ device: nic.device, network: nic.network, mac }], [])
      : macUnknown(nic.device);
    if (applied.ok) adopted.push({ ...nic, mac });
    else left.push({ ...nic, failure: applied.failure });
  }
  return { ok: true, value: { adopted, gone, left } };
}
