import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * How many tests passed and failed, and which, from a reporter's JSON file. A run that ended badly counts at least one failure,
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

export const readVitest = ({ numPassedTests, numFailedTests, testResults = [] }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  broken: testResults.flatMap(brokenIn),
});

function brokenIn({ name, status, assertionResults = [] }) {
  const file = path.relative('.', name);
  const tests = assertionResults.filter((one) => one.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [file] : [];
  return tests.map(
    ({ fullName, failureMessages = [] }) => `${file} ${fullName}\n${firstLines(failureMessages)}`,
  );
}

const firstLines = ([message = '']) =>
  message
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');

/** A journey that passed at its second try did pass; `flaky` names it, because it is a fault all the same. */
export const readPlaywright = ({ stats, errors, suites }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  flaky: suites.flatMap((suite) => namesIn(suite, 'flaky')),
  broken: suites.flatMap((suite) => namesIn(suite, 'unexpected')),
});

function namesIn({ specs = [], suites = [] }, status) {
  const own = specs.filter(({ tests }) => tests.some((test) => test.status === status));
  const inside = suites.flatMap((suite) => namesIn(suite, status));
  return [...own.map(({ file, line, title }) => `${file}:${line} ${title}`), ...inside];
}
