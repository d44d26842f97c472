import type * as z from 'zod';
import type { Outcome } from '../plan/outcome.ts';
import { appEvents, appMethods } from './app.ts';
import { changeEvents, changeMethods } from './changes.ts';
import { dropEvents, dropMethods } from './drops.ts';
import type { Failure } from './failure.ts';
import { filterMethods } from './filters.ts';
import { healthEvents, healthMethods } from './health.ts';
import { machineEvents, machineMethods } from './machine.ts';
import { networkMethods } from './network.ts';
import { newNetworkMethods } from './new-network.ts';
import { packetMethods } from './packet.ts';
import { settingsMethods } from './settings.ts';

/** All that a front door can be asked. Main side, preload, browser and test doubles are derived from it. */
export const methods = {
  ...appMethods,
  ...machineMethods,
  ...networkMethods,
  ...changeMethods,
  ...dropMethods,
  ...healthMethods,
  ...filterMethods,
  ...packetMethods,
  ...newNetworkMethods,
  ...settingsMethods,
} as const;
/** What is told without being asked: payloads by event. */
export const events = { ...appEvents, ...machineEvents, ...changeEvents, ...dropEvents, ...healthEvents } as const;

export type MethodName = keyof typeof methods;
export type EventName = keyof typeof events;

/** As a caller gives them. */
export type Params<M extends MethodName> = z.input<(typeof methods)[M]['params']>;
/** As a handler gets them, checked. */
export type CheckedParams<M extends MethodName> = z.output<(typeof methods)[M]['params']>;
export type Result<M extends MethodName> = z.output<(typeof methods)[M]['result']>;
export type Payload<E extends EventName> = z.output<(typeof events)[E]>;

/** The main side: one handler a method. */
export type Handlers = {
  readonly [M in MethodName]: (params: CheckedParams<M>) => Promise<Outcome<Result<M>, Failure>>;
};

/** Tells an event to everybody who listens. */
export type Emit = <E extends EventName>(event: E, payload: Payload<E>) => void;

/** The renderer's side of any transport. */
export interface Client {
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Outcome<Result<M>, Failure>>;
  /** Returns what ends the listening. */
  on<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): () => void;
  /** Told whenever the way to the main side is lost or found again. */
  onConnection(listener: (connected: boolean) => void): () => void;
}

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
