#!/usr/bin/env node
import packageJson from '../../package.json' with { type: 'json' };
import { processTerminal } from './process-terminal.ts';

const argv = process.argv.slice(2);
const terminal = processTerminal();

if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  terminal.write(`guestward ${packageJson.version}\n`);
} else {
  const { run } = await import('./run.ts');
  process.exitCode = await run(argv, terminal, async (options) => {
    const { startHelper } = await import('../engine/start-helper.ts');
    const starting = startHelper(options);
    // Reading the compiler takes as long as the helper needs to start.
    const { openEngine } = await import('../engine/open-engine.ts');
    return openEngine(options, starting);
  });
}
