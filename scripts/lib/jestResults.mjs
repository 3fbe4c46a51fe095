import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './paths.mjs';

const MAXIMUM_SHOWN = 20;

/** Reads the results that jest wrote with `--json`; undefined if it wrote none. */
export function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns {import('./stages.mjs').Counts} */
export function countTests(results) {
  return {
    passed: results?.numPassedTests ?? 0,
    // A file that does not load has no failed tests.
    failed: results
      ? results.numFailedTests + results.numRuntimeErrorTestSuites
      : 0,
    skipped: results ? results.numPendingTests + results.numTodoTests : 0,
  };
}

/** Describes the failed tests with their reasons; empty if none failed. */
export function describeFailures(results) {
  const failures = (results?.testResults ?? []).flatMap(file => {
    const where = relative(root, file.name);
    const failed = file.assertionResults.filter(
      test => test.status === 'failed',
    );
    if (file.status === 'failed' && failed.length === 0) {
      return [`${where}\n\n${file.message}`];
    }
    return failed.map(
      test =>
        `${where}: ${test.fullName}\n\n${test.failureMessages.join('\n')}`,
    );
  });
  const more =
    failures.length > MAXIMUM_SHOWN
      ? [`… and ${failures.length - MAXIMUM_SHOWN} more`]
      : [];
  return [...failures.slice(0, MAXIMUM_SHOWN), ...more].join('\n\n');
}
