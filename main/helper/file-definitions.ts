import { log } from './audit.ts';
import type { Store } from './store.ts';

/**
 * Writes definitions into their files. Where that fails they still stand in the log, which every reading takes into account, and are filed when
 * there is room again.
 */
export function fileDefinitions(store: Store): void {
  try {
    store.fileDefinitions();
  } catch (error) {
    log('warning', `definitions are not in their files yet: ${String(error)}`);
  }
}
