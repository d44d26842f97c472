import type { Places } from '../places.ts';
import type { Step } from '../step.ts';

/** What it takes to work on networks: the part of a workspace that stands before the workspace does. */
export interface NetworkSpace {
  readonly places: Places;
  /** Descriptor that keeps other helpers out while a process of ours may still change the kernel. */
  readonly lock: number;
  readonly step: Step;
}
