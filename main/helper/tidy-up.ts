import { log } from './audit.ts';
import type { Workspace } from './workspace.ts';

/**
 * What an apply leaves for when nobody waits for it: definitions go into their files, and a long log into a snapshot. Until then they stand in the
 * log, which every reading takes into account; where it fails, the next helper does it.
 */
export function tidyUp({ store, step }: Workspace): void {
  try {
    store.fileDefinitions();
    step('filed');
    store.compact();
  } catch (error) {
    log('warning', `the state folder could not be tidied up: ${String(error)}`);
  }
}
