import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runTool } from './kernel/rig/run-tool.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Where the helper is to which something happens (see meddling-helper.ts). */
export const meddlingHelper = path('output/meddling-helper.mjs');

/** Programs that tests start are built first: node reads a bundle in a sixth of the time that the helper's many files take. */
export default async function buildPrograms(): Promise<void> {
  runTool(process.execPath, [path('../build/bundle.ts'), '--if-stale']);
  // Others may be starting it just now.
  const fresh = `${meddlingHelper}.${process.pid}`;
  await build({
    entryPoints: [path('kernel/helper/meddling-helper.ts')],
    outfile: fresh,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'warning',
  });
  renameSync(fresh, meddlingHelper);
}
