import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Change } from '../../main/engine/change.ts';
import type { Applied, Engine } from '../../main/engine/engine.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../kernel/rig/network-namespace.ts';
import type { Product } from './product.ts';

/** An engine with a helper that keeps the rules of one network namespace, from no state on. */
export interface Session {
  readonly namespace: NetworkNamespace;
  readonly engine: Engine;
  readonly helperPid: number;
  /** Throws if the change is refused. */
  apply(changes: readonly Change[]): Promise<AppliedIn>;
  close(): Promise<void>;
}

export interface AppliedIn {
  readonly applied: Applied;
  /** What the helper says it needed. */
  readonly helperMs: number;
  /** From the engine's call to its answer: planning, the helper, and the way there and back. */
  readonly wholeMs: number;
}

/** Who changes filters in a session does not do so back to back: what the helper does after an answer is over by then. */
export async function pause(): Promise<void> {
  await setTimeout(500);
}

/** Opens the product in `namespace`, or in a fresh one that goes with the session. */
export async function openSession(product: Product, namespace?: NetworkNamespace): Promise<Session> {
  const place = namespace ?? createNetworkNamespace();
  const folder = product.makeFolder();
  const environment = { GUESTWARD_STATE_DIR: `${folder}/state`, GUESTWARD_RUN_DIR: `${folder}/run` };
  // The helper is started before the first await, thus inside.
  const opened = await place.run(() => product.openEngine({ environment }));
  if (!opened.ok) throw new Error(`the engine does not open: ${JSON.stringify(opened.failure)}`);
  const engine = opened.value;
  const helperPid = findHelper();
  if (readlinkSync(`/proc/${helperPid}/ns/net`) !== place.run(() => readlinkSync('/proc/thread-self/ns/net'))) {
    throw new Error('the helper was started outside of the namespace');
  }
  return {
    namespace: place,
    engine,
    helperPid,
    async apply(changes) {
      const start = performance.now();
      const outcome = await engine.apply(changes, { dryRun: false });
      const wholeMs = performance.now() - start;
      if (!outcome.ok) throw new Error(`a change was refused: ${JSON.stringify(outcome.failure).slice(0, 2000)}`);
      return { applied: outcome.value, helperMs: outcome.value.helperMilliseconds, wholeMs };
    },
    async close() {
      await engine.close();
      if (namespace === undefined) place.close();
    },
  };
}

function findHelper(): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readProc(pid, 'cmdline').includes('/helper.mjs') && parentOf(pid) === process.pid);
  const [pid] = children;
  if (pid === undefined || children.length > 1) throw new Error(`${children.length} helpers are running, not one`);
  return pid;
}

// The name before the state may hold anything but ends with the last bracket (man proc_pid_stat).
const parentOf = (pid: number): number => Number(readProc(pid, 'stat').split(') ').at(-1)?.split(' ')[1]);

/** Empty for a process that has ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
