#!/usr/lib/guestward/node --disallow-code-generation-from-strings
import './configure-zod.ts';

import { fileURLToPath } from 'node:url';
import { log } from './audit.ts';
import { identifyStart, keeperArgument } from './caller.ts';
import { hardenProcess } from './harden-process.ts';
import { keep } from './keeper/keep.ts';
import { findPlaces } from './places.ts';
import { serve } from './serve.ts';
import { standardStreams } from './standard-streams.ts';
import { distrust } from './trusted-path.ts';

/** The root helper: requests on standard input, replies on standard output, until the input ends. Or the keeper of what networks need all the time. */
async function main(): Promise<void> {
  const env = { ...process.env };
  const start = identifyStart(env, process.getuid?.() ?? -1, process.argv.slice(2));
  if (typeof start === 'string') return refuse(start);
  // Through sudo a developer may run a checkout's helper; the polkit actions are for the installed one.
  const unsafe = start.caller.startsWith('pkexec') ? distrustInstalled() : undefined;
  if (unsafe !== undefined) return refuse(unsafe);

  const places = findPlaces(start, env);
  hardenProcess();
  if (process.argv[2] === keeperArgument) return keep(places, start);
  // Nobody may be left to read the replies; what was begun is finished all the same.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  await serve(standardStreams(), places, start, () => undefined);
}

/** Why this is not the helper as the package installs it: root's alone, and started by its own first line. */
function distrustInstalled(): string | undefined {
  const noEval = '--disallow-code-generation-from-strings';
  if (!process.execArgv.includes(noEval)) return `Node was started without ${noEval}`;
  return distrust(fileURLToPath(import.meta.url), 'refuse');
}

function refuse(reason: string): void {
  log('error', reason);
  process.exitCode = 2;
}

await main();
