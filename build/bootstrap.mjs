// Makes a fresh checkout ready, then hands over to the pinned Node. Plain JavaScript without dependencies: it runs
// on whatever Node (20 or later) the system has, before any package is there.
import { existsSync } from 'node:fs';
import { ensureDebianPackages } from './bootstrap/debian-packages.mjs';
import { ensureNpmPackages, pinnedNode } from './bootstrap/npm-packages.mjs';
import { runToExit } from './bootstrap/run.mjs';
import { SetupError } from './bootstrap/setup-error.mjs';
import { commandLines, targetOf, toolsOf } from './bootstrap/targets.mjs';

async function main() {
  const [name, ...rest] = process.argv.slice(2);
  const target = targetOf(name);
  const args = rest[0] === '--' ? rest.slice(1) : rest;

  await ensureNpmPackages();
  // sd_booted(3)
  const startsServices = existsSync('/run/systemd/system');
  await ensureDebianPackages(toolsOf(target, { startsServices }));
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  for (const argv of commandLines(target, args, { isTerminal })) {
    const status = await runToExit(pinnedNode, argv);
    if (status !== 0) return status;
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
