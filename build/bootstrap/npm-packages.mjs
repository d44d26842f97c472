import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { lockfileOfOne } from './lockfile-of-one.mjs';
import { root, runToExit } from './run.mjs';
import { SetupError } from './setup-error.mjs';

const stamp = join(root, 'node_modules', '.installed-lockfile');

/** The Node that everything but the bootstrap runs under. */
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');

/** Installs the packages of package-lock.json unless node_modules already holds exactly these. */
export async function ensureNpmPackages() {
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  if (existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const nodePackage = `node-linux-${process.arch}`;
  const one = process.platform === 'linux' ? lockfileOfOne(lockfile, nodePackage) : undefined;
  if (!one) {
    throw new SetupError(`Guestward runs on Linux on x64 and arm64; this is ${process.platform} on ${process.arch}.`);
  }
  const npm = findNpm();

  console.log('Installing the npm packages of package-lock.json ...');
  if (process.version === `v${one.version}`) {
    await npmCi(npm, root, process.execPath);
  } else {
    // npm silently leaves out an optional package whose engines do not fit the Node that npm runs on, and native
    // parts of the tools are such packages: so fetch the pinned Node alone first, and let it install the rest.
    const folder = mkdtempSync(join(tmpdir(), 'guestward-node-'));
    try {
      writeFileSync(join(folder, 'package.json'), one.manifest);
      writeFileSync(join(folder, 'package-lock.json'), one.lockfile);
      await npmCi(npm, folder, process.execPath);
      await npmCi(npm, root, join(folder, 'node_modules', nodePackage, 'bin', 'node'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (!existsSync(pinnedNode)) throw new SetupError(`npm did not install ${nodePackage}; see its messages above.`);
  writeFileSync(stamp, wanted);
}

/**
 * @param {string} npm
 * @param {string} folder
 * @param {string} node
 */
async function npmCi(npm, folder, node) {
  const env = { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) };
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const status = await runToExit(node, [npm, 'ci', ...flags], { cwd: folder, env });
  if (status !== 0) throw new SetupError(`npm ci ended with ${status} in ${folder}; see its messages above.`);
}

/** The npm that started us, or the one beside our Node: a JavaScript file that any Node can run. */
function findNpm() {
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(dirname(process.execPath), 'npm'),
    '/usr/bin/npm',
    '/usr/local/bin/npm',
  ];
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (basename(file) === 'npm-cli.js') return file;
  }
  throw new SetupError('npm is missing. Install it beside Node and start again.');
}
