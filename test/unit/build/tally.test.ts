import { describe, expect, it } from 'vitest';
import { addTallies, readVitestReport, tallyLine, tallyOf } from '../../../build/tally.ts';

describe('tallyOf', () => {
  it.each([
    ['all passed', 3, 0, 0, { passed: 3, failed: 0 }],
    ['two failed', 1, 2, 1, { passed: 1, failed: 2 }],
    ['a file did not load', 3, 0, 1, { passed: 3, failed: 1 }],
  ])('when %s', (_, numPassedTests, numFailedTests, exitStatus, tally) => {
    expect(tallyOf({ numPassedTests, numFailedTests }, exitStatus)).toEqual(tally);
  });
});

describe('readVitestReport', () => {
  it('counts a run that left no report as one failure', () => {
    expect(readVitestReport('/nonexistent/report.json', 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('tallyLine', () => {
  it('sums up the stages in one line', () => {
    const stages = [
      { passed: 1, failed: 0 },
      { passed: 40, failed: 2 },
    ];
    expect(tallyLine(addTallies(stages))).toBe('41 passed, 2 failed');
  });
});
