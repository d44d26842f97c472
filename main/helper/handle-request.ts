import type { Caller, HelperFailure } from '../../shared/plan/helper-failure.ts';
import {
  type HelperMethod,
  type HelperRequest,
  type HelperResults,
  helperMethods,
} from '../../shared/plan/helper-protocol.ts';
import { undoneIn } from '../../shared/plan/journal-entry.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { readAbilities } from './abilities.ts';
import { applyPlan, tryPlan } from './apply.ts';
import { areRulesWhole } from './are-rules-whole.ts';
import { readBootId } from './boot-id.ts';
import { confirmWaiting } from './confirmation/take-back.ts';
import { readWaiting } from './confirmation/waiting-change.ts';
import { readCounters } from './counters.ts';
import { readDefinitions } from './definition-files.ts';
import { readHealings } from './healings.ts';
import { inspectHost } from './inspect.ts';
import { readJournal } from './journal.ts';
import { readNetworkStates } from './networks/network-states.ts';
import { hasLostNetworks, restore, restoreNetworks } from './restore.ts';
import { findTool } from './tools.ts';
import type { Workspace } from './workspace.ts';

type Result = HelperResults[HelperMethod];

/** Which methods a caller may use; whatever is not in the table is refused. */
const allowed: Readonly<Record<Caller, readonly ('read' | 'write')[]>> = {
  root: ['read', 'write'],
  sudo: ['read', 'write'],
  pkexec: ['read', 'write'],
  'sudo-read': ['read'],
  'pkexec-read': ['read'],
};

/** Whether this caller may use this method. */
export function isAllowed(caller: Caller, method: HelperMethod): boolean {
  return allowed[caller].includes(helperMethods[method].access);
}

/** Does what a request asks for. */
export async function handleRequest(
  space: Workspace,
  request: Exclude<HelperRequest, { readonly method: 'follow-drops' }>,
  uid: number,
): Promise<Outcome<Result, HelperFailure>> {
  const started = performance.now();
  if (helperMethods[request.method].access === 'write') space.hasWritten = true;
  switch (request.method) {
    case 'read':
      return read(space);
    case 'counters': {
      const counters = await readCounters(space.nft);
      return counters.ok ? succeed({ rules: counters.value }) : counters;
    }
    case 'check': {
      const tried = await tryPlan(space, request.params.plan);
      return tried.ok ? succeed({ text: tried.value }) : tried;
    }
    case 'apply': {
      const { plan, note, confirm } = request.params;
      const waiting = readWaiting(space.places.state, space.store);
      if (waiting !== undefined) return fail({ kind: 'awaits-confirmation', title: waiting.note.title });
      const limit = confirm && { until: Date.now() + confirm.seconds * 1000, reverse: confirm.reverse };
      const applied = await applyPlan(space, plan, note && { note, uid }, limit);
      if (!applied.ok) return applied;
      const isWaiting = limit !== undefined && note !== undefined;
      const milliseconds = performance.now() - started;
      return succeed({ ...applied.value, milliseconds, ...(isWaiting && { confirmBefore: limit.until }) });
    }
    case 'confirm':
      return confirmWaiting(space);
    case 'journal': {
      const { before = Number.POSITIVE_INFINITY, limit } = request.params;
      const entries = readJournal(space.places.state, space.store.inForce.generation);
      const older = entries.filter(({ id }) => id < before);
      const undone = undoneIn(entries);
      return succeed({ entries: older.slice(0, limit), more: older.length > limit, undone });
    }
    case 'network-states': {
      const states = await readNetworkStates(space);
      return states.ok ? succeed({ networks: states.value }) : states;
    }
    case 'inspect':
      return inspectHost(space.nft);
    case 'restore': {
      const { generation } = space.store.inForce;
      const whole = space.status === 'current' ? await areRulesWhole(space) : succeed(space.status === 'empty');
      if (!whole.ok) return whole;
      if (whole.value && !hasLostNetworks(space)) {
        // Rules are there or not; of a network, parts can be missing.
        const mended = await restoreNetworks(space);
        return mended.ok ? succeed({ generation, restored: false }) : mended;
      }
      const restored = await restore(space);
      return restored.ok ? succeed({ generation, restored: true }) : restored;
    }
  }
}

async function read(space: Workspace): Promise<Outcome<HelperResults['read'], HelperFailure>> {
  const { store, status, recovered, places, nft } = space;
  const program = findTool('nft');
  if (!program.ok) return fail(program.failure);
  const definitions = readDefinitions(places.state, store.changes);
  return succeed({
    generation: store.inForce.generation,
    status,
    ...(recovered === undefined ? {} : { recovered }),
    bridgeNetfilter: store.inForce.bridgeNetfilter,
    snapshot: store.snapshot,
    plans: store.plans,
    filters: Object.fromEntries(definitions.filter),
    bindings: Object.fromEntries(definitions.binding),
    networks: Object.fromEntries(definitions.network),
    liveNetworks: Object.fromEntries(definitions['live-network']),
    ports: Object.fromEntries(definitions.port),
    setups: Object.fromEntries(store.setups),
    healings: readHealings(places.state),
    rebooted: store.inForce.boot !== null && store.inForce.boot !== readBootId(),
    abilities: await readAbilities(nft, program.value, places.state),
  });
}
