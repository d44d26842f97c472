import type { Engine } from '../../engine/engine.ts';
import type { Result } from '../cli-failure.ts';
import type { Look, SeenLease } from './look.ts';

/** More changes than come between two looks. */
const journalEntries = 50;

/** Looks at the machine. Counters come last: after them the helper lets others at the lock. */
export async function takeLook(engine: Engine): Promise<Result<Look>> {
  const reloaded = await engine.reload();
  if (!reloaded.ok) return reloaded;
  const journal = await engine.journal(undefined, journalEntries);
  if (!journal.ok) return journal;
  const states = await engine.networkStates();
  if (!states.ok) return states;
  const status = await engine.status();
  if (!status.ok) return status;
  const [{ guestLinks, userName }, { heldLeases }] = await Promise.all([
    import('../../engine/host.ts'),
    import('../../networks/leases/held-leases.ts'),
  ]);
  const at = Date.now();
  const live = [...engine.workspace.networks.values()].flatMap((stored) =>
    stored.live === undefined ? [] : [stored.live.document],
  );
  const leases = live.flatMap((document) =>
    heldLeases(document, states.value[document.name], at / 1000).map(
      ({ address, mac, hostname }): [string, SeenLease] => [
        `${document.name} ${address}`,
        { network: document.name, address, mac, hostname },
      ],
    ),
  );
  const drops = new Map<string, number>();
  for (const { verdict, comment, packets } of status.value.counters) {
    if (/^(?:drop|reject)/.test(verdict)) drops.set(comment, (drops.get(comment) ?? 0) + packets);
  }
  return {
    ok: true,
    value: {
      at,
      links: new Map(guestLinks().map(({ device, up, bridge }) => [device, { up, bridge }])),
      networks: new Set(live.map(({ name }) => name)),
      leases: new Map(leases),
      journal: journal.value.entries.map(({ id, at: when, title, through, kind, uid }) => ({
        ...{ id, at: when, title, through, kind },
        by: userName(uid),
      })),
      healings: engine.healings,
      drops,
      force: status.value.force,
    },
  };
}
