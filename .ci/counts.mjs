import { readFileSync } from 'node:fs';

/**
 * How many tests passed and failed, from a reporter's JSON file. A run that ended badly counts at least one failure,
 * also when it left no file, or none of its tests is the reason.
 */
export function countTests(file, ok, read) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    ok = false;
  }
  return { passed: counts.passed, failed: ok ? counts.failed : Math.max(counts.failed, 1) };
}

export const readVitest = (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests });

/** A journey that passed at its second try is listed as flaky; it did pass. */
export const readPlaywright = ({ stats, errors }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
});
