import { type FoundMac, findKnownMac } from '../machine/find-guest-mac.ts';
import { type GuestLink, guestLinks } from '../machine/guest-links.ts';
import type { Change, PluggedNic } from './change.ts';
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

interface Around {
  readonly links: () => readonly GuestLink[];
  readonly macOf: (device: string) => FoundMac | undefined;
}

const host: Around = { links: guestLinks, macOf: findKnownMac };

interface Wishes {
  readonly dryRun?: boolean;
  /** Which of them; all unless said. */
  readonly isWanted?: (nic: WaitingNic) => boolean;
}

/**
 * Gives NICs that a hypervisor or somebody else has plugged into a network its default filter, each by a change of its own: what one is refused for
 * is no reason to leave another open. The filter goes when the NIC goes.
 */
export async function adoptPlugged(
  engine: Pick<Engine, 'workspace' | 'apply'>,
  { dryRun = false, isWanted = () => true }: Wishes = {},
  { links, macOf }: Around = host,
): Promise<Outcome<Adopted>> {
  const seen = links();
  const waiting = waitingNics(engine.workspace, seen).filter(isWanted);
  const gone = leftNics(engine.workspace, seen);
  const change = (plugged: readonly PluggedNic[], left: readonly string[]): readonly Change[] => [
    { change: 'adopt-nics', plugged, gone: left },
  ];
  if (gone.length > 0) {
    const dropped = await engine.apply(change([], gone), { dryRun });
    if (!dropped.ok) return dropped;
  }
  const adopted: (WaitingNic & { readonly mac: bigint })[] = [];
  const left: (WaitingNic & { readonly failure: EngineFailure })[] = [];
  for (const nic of waiting) {
    const { device, network } = nic;
    const mac = macOf(device)?.mac;
    const applied =
      mac === undefined ? undefined : await engine.apply(change([{ device, network, mac }], []), { dryRun });
    if (mac !== undefined && applied?.ok === true) adopted.push({ ...nic, mac });
    else left.push({ ...nic, failure: applied?.ok === false ? applied.failure : { kind: 'mac-unknown', device } });
  }
  return { ok: true, value: { adopted, gone, left } };
}
