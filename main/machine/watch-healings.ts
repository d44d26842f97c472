import { watch } from 'node:fs';
import { join } from 'node:path';

const defaultRunFolder = '/run/guestward';

/**
 * Calls when something was put back while nobody looked; returns what ends it. No rights are needed. The file that is watched is the helper's
 * (main/helper/healed-sign.ts), so there must have been one. Only root may have other folders than the usual.
 */
export function watchHealings(
  { GUESTWARD_RUN_DIR: folder }: Readonly<Record<string, string | undefined>>,
  healed: () => void,
): () => void {
  const isRoot = process.getuid?.() === 0;
  try {
    const watcher = watch(join((isRoot && folder) || defaultRunFolder, 'healed'), healed);
    watcher.once('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    // It is told of at the next look then.
    return () => undefined;
  }
}
