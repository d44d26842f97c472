import './configure-zod.ts';

import { log } from './audit.ts';
import { identifyStart } from './caller.ts';
import { hardenProcess } from './harden-process.ts';
import { findPlaces } from './places.ts';
import { serve } from './serve.ts';

/** The root helper: requests on standard input, replies on standard output, until the input ends. */
async function main(): Promise<void> {
  const env = { ...process.env };
  const start = identifyStart(env, process.getuid?.() ?? -1, process.argv.slice(2));
  if (typeof start === 'string') {
    log('error', start);
    process.exitCode = 2;
    return;
  }
  const places = findPlaces(start, env);
  hardenProcess();
  // Nobody may be left to read the replies; what was begun is finished all the same.
  process.stdout.on('error', () => undefined);
  await serve({ input: process.stdin, write: (bytes) => process.stdout.write(bytes) }, places, start, () => undefined);
}

await main();
