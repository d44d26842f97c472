import { existsSync } from 'node:fs';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Rights } from '../../shared/rpc/app.ts';
import type { Emit } from '../../shared/rpc/contract.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { AppOptions } from './app.ts';
import { failureOf } from './failure-of.ts';
import type { AppSession } from './session.ts';

/** A session with what the app itself needs to know of it. */
export interface OpenSession extends AppSession {
  readonly rights: Rights;
  /** How consent is asked for. */
  readonly consent: 'none' | 'pkexec' | 'sudo';
  /** The engine where the helper runs already; nobody is asked for anything. */
  readonly opened: Engine | undefined;
  /** The helper has ended by itself: the next call starts another, and asks again where it asked before. */
  forget(): void;
  close(): Promise<void>;
}

interface Listeners {
  readonly emit: Emit;
  readonly changed: () => void;
  /** What the app may do has changed. */
  readonly rightsChanged: () => void;
}

const needsRights: Failure = {
  kind: 'needs-rights',
  message: 'It is read from files and rules that only root may see.',
  cure: 'Unlock: your system will ask for your consent once.',
};

/**
 * The helper is started when it is first needed, and kept as long as the app is open: consent is asked for once. As root it is started without a
 * question; anybody else is asked only for a change, or when he unlocks the app himself.
 */
export function openSession(
  { environment, door }: AppOptions,
  { emit, changed, rightsChanged }: Listeners,
): OpenSession {
  const isRoot = process.getuid?.() === 0;
  const consent = isRoot
    ? 'none'
    : existsSync('/usr/bin/pkexec')
      ? 'pkexec'
      : existsSync('/usr/bin/sudo')
        ? 'sudo'
        : 'none';
  let rights: Rights = isRoot ? 'root' : consent === 'none' ? 'unavailable' : 'ask';
  let opening: Promise<Outcome<Engine, Failure>> | undefined;
  let opened: Engine | undefined;

  const setRights = (next: Rights): void => {
    if (rights === next) return;
    rights = next;
    rightsChanged();
  };

  async function open(): Promise<Outcome<Engine, Failure>> {
    const outcome = await openEngine({ environment, through: door });
    if (outcome.ok) {
      opened = outcome.value;
      if (!isRoot) setRights('granted');
      return succeed(outcome.value);
    }
    // Asked again, the person may agree, or the cause be mended.
    opening = undefined;
    const failure = failureOf(outcome.failure);
    if (failure.kind === 'cancelled' || failure.kind === 'not-authorised') setRights('refused');
    return fail(failure);
  }

  return {
    door,
    emit,
    changed,
    consent,
    get rights() {
      return rights;
    },
    get opened() {
      return opened;
    },
    async engine(need) {
      if (need === 'read' && opening === undefined && !isRoot) return fail(needsRights);
      opening ??= open();
      return opening;
    },
    forget() {
      opening = undefined;
      opened = undefined;
      if (rights === 'granted') setRights('ask');
    },
    async close() {
      const engine = await opening;
      if (engine?.ok === true) await engine.value.close();
    },
  };
}
