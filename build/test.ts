// The checks behind `npm test`, in order: `npm test -- kernel test/kernel/rig.test.ts` runs one stage, on some files.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runToExit } from './bootstrap/run.mjs';
import { addTallies, readVitestReport, type Tally, tallyLine } from './tally.ts';

interface Stage {
  readonly name: string;
  run(reportFolder: string, filters: readonly string[]): Promise<Tally>;
}

// Nothing is cached in node_modules: what one run as root left there, the next one as a user could not replace.
const withoutCache = ['--configLoader=native', '--cache=false', '--fsModuleCache=false'];
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config=test/vitest.config.ts', ...withoutCache];

const stages: readonly Stage[] = [
  check('types', ['node_modules/typescript7/bin/tsc', '--project', 'tsconfig.json']),
  // The screens see a browser's world, and nothing of Node's.
  check('types', ['node_modules/typescript7/bin/tsc', '--project', 'renderer/tsconfig.json']),
  check('layers', [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    ...['main', 'renderer', 'shared', 'test', 'build'].filter((room) => existsSync(join(root, room))),
  ]),
  check('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']),
  tests('unit', [...vitest, '--project', 'unit', '--project', 'conformance']),
  // Each part is in namespaces of its own, and waits for the kernel more than it computes.
  tests('kernel', ['build/in-private-network.ts', ...vitest, '--project', 'kernel'], 3),
  tests('browser', ['build/in-private-network.ts', ...vitest, '--project', 'browser']),
];

/** A stage that passes or fails as a whole. */
function check(name: string, argv: readonly string[]): Stage {
  return {
    name,
    async run() {
      const status = await runToExit(process.execPath, argv);
      return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  };
}

/** A stage of many tests, each of which counts; unless it is told which, its files are shared out among processes that run side by side. */
function tests(name: string, argv: readonly string[], processes = 1): Stage {
  return {
    name,
    async run(reportFolder, filters) {
      const shares = filters.length > 0 ? 1 : processes;
      const runShare = async (share: number): Promise<Tally> => {
        const report = join(reportFolder, `${name}-${share}.json`);
        const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
        const part = shares === 1 ? filters : [`--shard=${share}/${shares}`];
        const status = await runToExit(process.execPath, [...argv, ...reporters, ...part]);
        return readVitestReport(report, status);
      };
      return addTallies(await Promise.all(Array.from({ length: shares }, (_, index) => runShare(index + 1))));
    },
  };
}

// vitest takes a CI job's log for a terminal with colours.
if (!process.stdout.isTTY) process.env['NO_COLOR'] ??= '1';

const args = process.argv.slice(2);
const wanted = stages.filter(({ name }) => args.includes(name));
const filters = args.filter((arg) => !stages.some(({ name }) => name === arg));

const folder = mkdtempSync(join(tmpdir(), 'guestward-test-'));
const tallies: Tally[] = [];
try {
  for (const stage of wanted.length > 0 ? wanted : stages) {
    console.log(`\n== ${stage.name}`);
    const tally = await stage.run(folder, filters);
    console.log(`== ${stage.name}: ${tally.failed === 0 ? 'passed' : 'FAILED'}`);
    tallies.push(tally);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const total = addTallies(tallies);
console.log(`\n${tallyLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
