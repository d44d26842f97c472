import { guestLinks } from '../machine/guest-links.ts';
import { type Adopted, adoptPlugged } from './adopt-plugged.ts';
import type { Engine } from './engine.ts';
import type { EngineFailure, Outcome } from './failure.ts';

/** Looks anew and adopts what has come since; to be called when links have changed. */
export type Adopter = (engine: Pick<Engine, 'workspace' | 'apply'>) => Promise<Outcome<Adopted>>;

/** Nothing that the definitions decide: the next look can find it otherwise. */
function isPassing(failure: EngineFailure): boolean {
  return failure.kind === 'mac-unknown' || (failure.kind === 'helper' && ['busy', 'stale'].includes(failure.code));
}

/**
 * Adopts each NIC once for as long as it is plugged in: that somebody takes the filter away afterwards is his wish, and what was refused is refused again.
 */
export function createAdopter(): Adopter {
  const settled = new Set<string>();
  return async (engine) => {
    const concerns =
      [...engine.workspace.networks.values()].some(({ live }) => live?.document.settings.defaultFilter !== undefined) ||
      [...engine.workspace.bindings.values()].some(({ binding }) => binding.adoptedBy !== undefined);
    if (!concerns) return { ok: true, value: { adopted: [], gone: [], left: [] } };
    const present = new Set(guestLinks().flatMap(({ device, bridge }) => (bridge === undefined ? [] : [device])));
    for (const device of settled) if (!present.has(device)) settled.delete(device);
    const outcome = await adoptPlugged(engine, { isWanted: ({ device }) => !settled.has(device) });
    if (!outcome.ok) return outcome;
    for (const { device } of outcome.value.adopted) settled.add(device);
    for (const { device, failure } of outcome.value.left) if (!isPassing(failure)) settled.add(device);
    return outcome;
  };
}
