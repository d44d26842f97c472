import { copyFileSync, existsSync, globSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { root } from './bootstrap/run.mjs';
import { buildRenderer } from './renderer.ts';

interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  readonly options: BuildOptions;
}

const bundles: readonly Bundle[] = [
  {
    entry: 'main/cli/guestward.ts',
    outfile: 'build/dist/cli.mjs',
    // The command runs on whatever Node the user's PATH has, so it keeps to what package.json's engines promise. It is
    // split where it imports on demand: a verb loads what it needs and nothing else.
    options: {
      target: 'node20',
      splitting: true,
      chunkNames: 'cli-[hash]',
      // ws asks for Node's modules by require, which a module does not have by itself.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    },
  },
  {
    entry: 'main/helper/helper.ts',
    outfile: 'build/dist/helper.mjs',
    // Runs as root: one file that a person can read from top to bottom.
    options: { target: 'node24', minify: false },
  },
  {
    entry: 'main/desktop/desktop.ts',
    outfile: 'build/dist/desktop.mjs',
    options: { target: 'node24', external: ['electron'] },
  },
  {
    entry: 'main/desktop/preload.ts',
    outfile: 'build/dist/preload.cjs',
    // A sandboxed page's preload is no module, and can load nothing but a part of Electron's.
    options: { target: 'node24', external: ['electron'], format: 'cjs' },
  },
];

/** Read by Electron as they are. */
const copies = [['build/pictures/icon.png', 'build/dist/icon.png']] as const;

const sources = ['main/**/*.ts', 'shared/**/*.ts', 'build/bundle.ts', 'package-lock.json'];
const screens = {
  sources: ['renderer/**/*', 'shared/rpc/*.ts', 'build/renderer.ts', 'package-lock.json'],
  outfile: 'build/dist/renderer/index.html',
};

/** Whether one of these files was written after one of those that were made of them. */
function isStale(outfiles: readonly string[], from: readonly string[]): boolean {
  const built = outfiles.map(changed);
  return globSync(from, { cwd: root }).some((source) => built.some((time) => time <= changed(source)));
}

/** When a file of the checkout was last written, in milliseconds; 0 if it is not there. */
function changed(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function write({ entry, outfile, options }: Bundle): Promise<void> {
  const extension = extname(outfile);
  const { outputFiles } = await build({
    format: 'esm',
    ...options,
    absWorkingDir: root,
    entryPoints: { [basename(outfile, extension)]: entry },
    outdir: dirname(outfile),
    outExtension: { '.js': extension },
    bundle: true,
    write: false,
    platform: 'node',
    legalComments: 'inline',
    logLevel: 'warning',
  });
  const program = join(root, outfile);
  // A command that starts meanwhile must find the old files or the new ones, and so the parts before the program.
  for (const { path, contents } of outputFiles.toSorted(
    (a, b) => Number(a.path === program) - Number(b.path === program),
  )) {
    writeFileSync(`${path}.new`, contents, { mode: path === program ? 0o755 : 0o644 });
    renameSync(`${path}.new`, path);
  }
  const parts = globSync(outfile.replace(/\.mjs$/, '-*.mjs'), { cwd: root }).map((part) => join(root, part));
  for (const part of parts) if (!outputFiles.some(({ path }) => path === part)) rmSync(part);
}

const onlyIfStale = process.argv.includes('--if-stale');
const outfiles = bundles.filter(({ entry }) => changed(entry) > 0).map(({ outfile }) => outfile);

if (!onlyIfStale || isStale(outfiles, sources)) {
  mkdirSync(join(root, 'build/dist'), { recursive: true });
  for (const bundle of bundles) {
    if (existsSync(join(root, bundle.entry))) await write(bundle);
    else console.log(`${bundle.entry} is not there: ${bundle.outfile} is left out`);
  }
  for (const [from, to] of copies) copyFileSync(join(root, from), join(root, to));
}
if (!onlyIfStale || isStale([screens.outfile], screens.sources)) await buildRenderer();
