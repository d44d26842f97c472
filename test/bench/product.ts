import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program as users run it: bundled, the helper beside the engine. */
export interface Product {
  readonly openEngine: typeof import('../../main/engine/open-engine.ts').openEngine;
  /** The command's bundle. */
  readonly cli: string;
  /** A new folder on a disk for one helper's state and run-time files; gone with the product. */
  makeFolder(): string;
  remove(): void;
}

/** Bundles the engine beside a copy of the built helper, in a folder of its own. */
export async function bundleProduct(): Promise<Product> {
  const dist = join(root, 'build/dist');
  if (!existsSync(join(dist, 'helper.mjs'))) throw new Error('there is no build/dist/helper.mjs: run "npm run build"');
  // Writing through to the disk is part of what is measured, and /tmp can be memory.
  const folder = openFolder('/var/tmp/guestward-bench-');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const outfile = join(folder, 'engine.mjs');
    await build({
      absWorkingDir: root,
      entryPoints: ['main/engine/open-engine.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      logLevel: 'warning',
    });
    copyFileSync(join(dist, 'helper.mjs'), join(folder, 'helper.mjs'));
    cpSync(join(root, 'filters'), join(folder, 'filters'), { recursive: true });
    const { openEngine } = (await import(pathToFileURL(outfile).href)) as Pick<Product, 'openEngine'>;
    return { openEngine, cli: join(dist, 'cli.mjs'), makeFolder: () => openFolder(join(folder, 'state-')), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A new folder that dnsmasq's user can come through, as through /run and /var/lib. */
function openFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  chmodSync(folder, 0o711);
  return folder;
}
