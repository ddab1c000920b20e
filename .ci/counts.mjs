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
  return { ...counts, failed: ok ? counts.failed : Math.max(counts.failed, 1) };
}

export const readVitest = (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests });

/** A journey that passed at its second try did pass; `flaky` names it, because it is a fault all the same. */
export const readPlaywright = ({ stats, errors, suites }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  flaky: suites.flatMap(flakyIn),
});

function flakyIn({ specs = [], suites = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
  return [...own.map(({ file, line, title }) => `${file}:${line} ${title}`), ...suites.flatMap(flakyIn)];
}
