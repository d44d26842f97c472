import { existsSync, globSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { root } from './bootstrap/run.mjs';

interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  readonly options: BuildOptions;
}

const bundles: readonly Bundle[] = [
  {
    entry: 'main/cli/guestward.ts',
    outfile: 'build/dist/cli.mjs',
    // The command runs on whatever Node the user's PATH has, so it keeps to what package.json's engines promise.
    options: { target: 'node20', banner: { js: '#!/usr/bin/env node' } },
  },
  {
    entry: 'main/helper/helper.ts',
    outfile: 'build/dist/helper.mjs',
    // Runs as root: one file that a person can read from top to bottom.
    options: { target: 'node24', minify: false },
  },
];

const sources = ['main/**/*.ts', 'shared/**/*.ts', 'build/bundle.ts', 'package-lock.json'];

function isStale(): boolean {
  const built = bundles.filter(({ entry }) => changed(entry) > 0).map(({ outfile }) => changed(outfile));
  return globSync(sources, { cwd: root }).some((source) => built.some((time) => time <= changed(source)));
}

/** When a file of the checkout was last written, in milliseconds; 0 if it is not there. */
function changed(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function write({ entry, outfile, options }: Bundle): Promise<void> {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    legalComments: 'inline',
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) {
    // A command that starts meanwhile must find the old file or the new one.
    writeFileSync(`${path}.new`, contents, { mode: 0o755 });
    renameSync(`${path}.new`, path);
  }
}

if (!process.argv.includes('--if-stale') || isStale()) {
  mkdirSync(join(root, 'build/dist'), { recursive: true });
  for (const bundle of bundles) {
    if (existsSync(join(root, bundle.entry))) await write(bundle);
    else console.log(`${bundle.entry} is not there: ${bundle.outfile} is left out`);
  }
}
