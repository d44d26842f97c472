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
  const settled = new Map<string, string>();
  return async (engine) => {
    const concerns =
      [...engine.workspace.networks.values()].some(({ live }) => live?.document.settings.defaultFilter !== undefined) ||
      [...engine.workspace.bindings.values()].some(({ binding }) => binding.adoptedBy !== undefined);
    if (!concerns) return { ok: true, value: { adopted: [], gone: [], left: [] } };
    const present = new Map(
      guestLinks().flatMap(({ device, bridge }) => (bridge === undefined ? [] : [[device, bridge] as const])),
    );
    const settle = (device: string): void => {
      const bridge = present.get(device);
      if (bridge !== undefined) settled.set(device, bridge);
    };
    for (const [device, bridge] of settled) if (present.get(device) !== bridge) settled.delete(device);
    // One that was moved has been given its filter on the way.
    for (const { binding } of engine.workspace.bindings.values())
      if (binding.adoptedBy !== undefined && !settled.has(binding.device)) settle(binding.device);
    const outcome = await adoptPlugged(engine, { isWanted: ({ device }) => !settled.has(device) });
    if (!outcome.ok) return outcome;
    for (const { device } of outcome.value.adopted) settle(device);
    for (const { device, failure } of outcome.value.left) if (!isPassing(failure)) settle(device);
    return outcome;
  };
}
