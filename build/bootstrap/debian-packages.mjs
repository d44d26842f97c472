import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { installCommand, installSteps, missingPackages, packagesFor, rightsToInstall } from './debian-plan.mjs';
import { runToExit } from './run.mjs';
import { SetupError } from './setup-error.mjs';

const dpkgQuery = '/usr/bin/dpkg-query';
const aptGet = '/usr/bin/apt-get';
const sudo = '/usr/bin/sudo';
const osRelease = '/etc/os-release';

/**
 * Makes the tools available: installs the packages that are missing, or says which one command does it.
 * @param {readonly string[]} tools names from `packageOf`
 */
export async function ensureDebianPackages(tools) {
  if (tools.length === 0) return;
  if (!existsSync(dpkgQuery) || !existsSync(aptGet)) {
    requireTools(tools);
    return;
  }

  const packages = packagesFor(tools, existsSync(osRelease) ? readFileSync(osRelease, 'utf8') : '');
  const missing = findMissing(packages);
  if (missing.length === 0) return;

  const rights = rightsToInstall({
    isRoot: process.getuid?.() === 0,
    hasSudo: existsSync(sudo),
    asksNothing: () => spawnSync(sudo, ['--non-interactive', 'true'], { stdio: 'ignore' }).status === 0,
    hasTerminal: process.stdin.isTTY === true,
  });
  if (rights === 'none') throw new SetupError(advice('These packages are missing', missing));

  console.log(`Installing ${missing.join(', ')} with apt-get${rights === 'root' ? '' : ' through sudo'} ...`);
  for (const { argv, mayFail } of installSteps(missing, rights)) {
    const [program, ...args] = argv;
    const status = await runToExit(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    if (status !== 0 && !mayFail) break;
  }
  const left = findMissing(packages);
  if (left.length > 0) throw new SetupError(advice('apt-get could not install these packages', left));
}

/** @param {readonly string[]} packages */
function findMissing(packages) {
  const asked = spawnSync(dpkgQuery, ['--show', '--showformat=${Package} ${db:Status-Status}\\n', '--', ...packages], {
    encoding: 'utf8',
  });
  if (asked.error) throw asked.error;
  return missingPackages(packages, asked.stdout);
}

/**
 * @param {string} reason
 * @param {readonly string[]} packages
 */
function advice(reason, packages) {
  const command = installCommand(packages, existsSync(sudo));
  return `${reason}: ${packages.join(', ')}.\nRun this, and start again:\n\n    ${command}\n`;
}

/** @param {readonly string[]} tools */
function requireTools(tools) {
  const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const missing = tools.filter((tool) => !folders.some((folder) => existsSync(`${folder}/${tool}`)));
  if (missing.length === 0) return;
  throw new SetupError(
    `This is neither Debian nor Ubuntu. Install the packages that hold ${missing.join(', ')}, and start again.`,
  );
}
