import { findKnownMacs } from '../machine/find-known-macs.ts';
import { guestLinks } from '../machine/guest-links.ts';
import { type Adopted, adoptPlugged } from './adopt-plugged.ts';
import type { Engine } from './engine.ts';
import type { EngineFailure, Outcome } from './failure.ts';
import type { Workspace } from './workspace.ts';

type AdoptingEngine = Pick<Engine, 'workspace' | 'apply'>;

/** Looks anew and adopts what has come since; to be called when links have changed. Several calls at once are one. */
export type Adopter = (engine: AdoptingEngine) => Promise<Outcome<Adopted>>;

/** Nothing that the definitions decide: the next look can find it otherwise. */
function isPassing(failure: EngineFailure): boolean {
  return failure.kind === 'mac-unknown' || (failure.kind === 'helper' && ['busy', 'stale'].includes(failure.code));
}

/** Whether another look can come to more though nothing on the machine has changed. */
export function isUnfinished(outcome: Outcome<Adopted>): boolean {
  return outcome.ok ? outcome.value.left.some(({ failure }) => isPassing(failure)) : isPassing(outcome.failure);
}

/** Whether any network filters by default, or has; the host is looked at only then. */
function filtersByDefault({ networks, bindings }: Workspace): boolean {
  return (
    [...networks.values()].some(({ live }) => live?.document.settings.defaultFilter !== undefined) ||
    [...bindings.values()].some(({ binding }) => binding.adoptedBy !== undefined)
  );
}

/**
 * Adopts each NIC once for as long as it is plugged in: that somebody takes the filter away afterwards is his wish, and what was refused is refused again.
 * `network`: of that one alone.
 */
export function createAdopter(network?: string): Adopter {
  /** Bridges by the device that was seen to there. */
  const settled = new Map<string, string>();

  async function look(engine: AdoptingEngine): Promise<Outcome<Adopted>> {
    const { workspace } = engine;
    if (!filtersByDefault(workspace)) return { ok: true, value: { adopted: [], gone: [], left: [] } };
    const links = guestLinks();
    const bridges = new Map(links.map(({ device, bridge }) => [device, bridge]));
    const settle = (device: string): void => {
      const bridge = bridges.get(device);
      if (bridge !== undefined) settled.set(device, bridge);
    };
    for (const [device, bridge] of settled) if (bridges.get(device) !== bridge) settled.delete(device);
    // One that was moved has been given its filter on the way.
    for (const { binding } of workspace.bindings.values())
      if (binding.adoptedBy !== undefined && !settled.has(binding.device)) settle(binding.device);
    const isWanted = ({ device }: { readonly device: string }) => !settled.has(device);
    const outcome = await adoptPlugged(engine, { network, isWanted }, { links, macsOf: findKnownMacs });
    if (!outcome.ok) return outcome;
    for (const { device } of outcome.value.adopted) settle(device);
    for (const { device, failure } of outcome.value.left) if (!isPassing(failure)) settle(device);
    return outcome;
  }

  let looking: Promise<Outcome<Adopted>> | undefined;
  return (engine) => {
    looking ??= look(engine).finally(() => {
      looking = undefined;
    });
    return looking;
  };
}
