import type { App, Listener } from '../../main/app/app.ts';
import type { Outcome } from '../../shared/plan/outcome.ts';
import { type Emit, type Handlers, type MethodName, methods } from '../../shared/rpc/contract.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { sampleOf } from './sample-of.ts';

/** Stands for the app where only the way to it is tested: every method answers with a value of its contract. */
export interface AppDouble extends App {
  readonly emit: Emit;
  /** What was asked, in its order, as the handlers were given it. */
  readonly calls: readonly { readonly method: string; readonly params: unknown }[];
  /** The next call of this method comes to this. */
  next(method: MethodName, outcome: () => Promise<Outcome<unknown, Failure>>): void;
  /** Every call of this method comes to this. */
  always(method: MethodName, outcome: () => Promise<Outcome<unknown, Failure>>): void;
  readonly listening: number;
}

export function createAppDouble(): AppDouble {
  const listeners = new Set<Listener>();
  const calls: { method: string; params: unknown }[] = [];
  const next = new Map<string, () => Promise<Outcome<unknown, Failure>>>();
  const always = new Map<string, () => Promise<Outcome<unknown, Failure>>>();
  const handlers = Object.fromEntries(
    Object.entries(methods).map(([method, { result }]) => [
      method,
      async (params: unknown) => {
        calls.push({ method, params });
        const outcome = next.get(method) ?? always.get(method);
        next.delete(method);
        return outcome === undefined ? { ok: true, value: sampleOf(result) } : outcome();
      },
    ]),
  ) as unknown as Handlers;
  return {
    handlers,
    calls,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: (event, payload) => {
      for (const listener of listeners) listener(event, payload);
    },
    next: (method, outcome) => void next.set(method, outcome),
    always: (method, outcome) => void always.set(method, outcome),
    get listening() {
      return listeners.size;
    },
    close: async () => {},
  };
}
