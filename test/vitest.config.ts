import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const buildPrograms = fileURLToPath(new URL('build-programs.ts', import.meta.url));

// A test that needs a kernel of its own, so to speak: it changes links and rules, and runs in private namespaces.
const kernelTests = ['test/kernel/**/*.test.ts', 'test/conformance/**/*.kernel.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    allowOnly: false,
    projects: [
      // Longer than vitest's 5 seconds: properties with many cases share two cores with everything else.
      {
        extends: true,
        // Stages are pure functions: loading their modules anew for each of two hundred files takes longer than the tests.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 30_000,
          isolate: false,
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          exclude: kernelTests,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernel',
          globalSetup: buildPrograms,
          include: kernelTests,
          // A namespace belongs to a thread: setns(2) in a worker thread would not move the programs it starts.
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          globalSetup: buildPrograms,
          include: ['test/browser/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
