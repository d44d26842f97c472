import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Electron's binary where it is already; its package would fetch it, and nothing here is fetched behind a person's back. */
export function findElectron(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  // Electron's own name for a folder that holds the binary (its index.js).
  const folder = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist');
  const binary = join(folder, 'electron');
  return existsSync(binary) ? binary : undefined;
}
