import type { Outcome } from '../../shared/plan/outcome.ts';
import type { Emit } from '../../shared/rpc/contract.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import type { Engine } from '../engine/engine.ts';

/** What the handlers of the contract share while the app is open. */
export interface AppSession {
  readonly door: 'window' | 'browser';
  /**
   * The engine, which is opened when it is first asked for. read: as far as rights go that the user has given already, or that reading needs.
   * change: with the right to change something, for which the user may be asked now.
   */
  engine(need: 'read' | 'change'): Promise<Outcome<Engine, Failure>>;
  readonly emit: Emit;
  /** Something on the machine is otherwise than before: who listens is to be told. */
  changed(): void;
}
