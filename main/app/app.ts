import type { EventName, Handlers, Payload } from '../../shared/rpc/contract.ts';

export type Listener = <E extends EventName>(event: E, payload: Payload<E>) => void;

/** The main side of the contract, as every front door offers it: what can be asked, and what is told. */
export interface App {
  readonly handlers: Handlers;
  /** Returns what ends the listening. While nobody listens, nothing on the machine is watched. */
  subscribe(listener: Listener): () => void;
  /** Ends what was started for it: the helper, and whatever watches the machine. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** GUESTWARD_STATE_DIR, GUESTWARD_RUN_DIR and GUESTWARD_BACKEND are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly door: 'window' | 'browser';
  readonly place: 'host' | 'lab';
}
