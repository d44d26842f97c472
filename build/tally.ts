import { readFileSync } from 'node:fs';

/** How many tests ended how; a static check is one test. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** The parts of vitest's JSON report (Jest's format) that we count. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** Counts a report; a run that ended badly without a failed test (a file that does not load, a crash) is one failure. */
export function tallyOf(report: VitestReport, exitStatus: number): Tally {
  const failed = report.numFailedTests === 0 && exitStatus !== 0 ? 1 : report.numFailedTests;
  return { passed: report.numPassedTests, failed };
}

/** Counts the report that vitest left in `file`, if it got that far. */
export function readVitestReport(file: string, exitStatus: number): Tally {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { passed: 0, failed: 1 };
  }
  return tallyOf(JSON.parse(text) as VitestReport, exitStatus);
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(({ passed, failed }, one) => ({ passed: passed + one.passed, failed: failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** The line that ends `npm test`; who started it may parse it. */
export function tallyLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
