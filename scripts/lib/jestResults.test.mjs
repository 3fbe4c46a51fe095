import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { countTests, describeFailures } from './jestResults.mjs';
import { root } from './paths.mjs';

const results = {
  numPassedTests: 5,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  numPendingTests: 2,
  numTodoTests: 0,
  testResults: [
    {
      name: join(root, 'a.test.ts'),
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adds', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'subtracts',
          failureMessages: ['3 is not 4'],
        },
      ],
    },
    {
      name: join(root, 'b.test.ts'),
      status: 'failed',
      message: 'Cannot find module',
      assertionResults: [],
    },
  ],
};

test('a file that does not load counts as a failure', () => {
  assert.deepEqual(countTests(results), { passed: 5, failed: 2, skipped: 2 });
});

test('failures are named with their file and reason', () => {
  assert.equal(
    describeFailures(results),
    'a.test.ts: subtracts\n\n3 is not 4\n\nb.test.ts\n\nCannot find module',
  );
});

test('jest that ended before it wrote results counts nothing', () => {
  assert.deepEqual(countTests(undefined), {
    passed: 0,
    failed: 0,
    skipped: 0,
  });
  assert.equal(describeFailures(undefined), '');
});
