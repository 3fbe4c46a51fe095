import { freemem } from 'node:os';
import { checkPackages } from './lib/checkPackages.mjs';
import { main } from './lib/commands.mjs';
import { Problem } from './lib/Problem.mjs';
import { complain, minutesOf, print, say } from './lib/progress.mjs';
import { findRealParts } from './lib/realParts.mjs';
import { setUp } from './lib/setUp.mjs';
import { checkSpelling } from './lib/spelling/checkSpelling.mjs';
import {
  check,
  jestTests,
  nodeTests,
  NOTHING,
  stage,
  StageFailure,
  timings,
} from './lib/stages.mjs';

/** The memory that lint and the type check need to run at the same time. */
const MEMORY_FOR_TWO = 6 * 1024 ** 3;

main(async () => {
  const realParts = findRealParts(process.env);
  reportAbsent(realParts.absent, process.env.BERTH_REQUIRE_REAL_PARTS === '1');

  const { node, env } = await setUp();
  const context = {
    node,
    env: {
      ...env,
      ...realParts.env,
      CI: '1',
      NODE_OPTIONS: '--max-old-space-size=4096',
    },
  };

  let total = NOTHING;
  try {
    for await (const counts of stages(context)) {
      total = add(total, counts);
    }
  } catch (error) {
    if (!(error instanceof StageFailure)) {
      throw error;
    }
    total = add(total, error.counts);
    complain(`\n${error.message}`);
    process.exitCode = 1;
  }
  summarise(total, realParts.absent);
});

async function* stages(context) {
  yield await check('formatting', context, ['prettier:check']);
  await stage('spelling', log => checkSpelling(context, log));
  const lint = () => check('lint', context, ['lint']);
  const types = () => check('types', context, ['tsc']);
  if (freemem() > MEMORY_FOR_TWO) {
    const [first, second] = await Promise.all([lint(), types()]);
    yield add(first, second);
  } else {
    yield await lint();
    yield await types();
  }
  yield await nodeTests('tests of the scripts', context, [
    'scripts/**/*.test.mjs',
  ]);
  yield await check('API reports', context, ['build:api-reports', '--ci']);
  await checkPackages(context);
  yield* allTests(context);
}

/** Runs the end-to-end tests also after a unit test failed, so that one run shows all failures. */
async function* allTests(context) {
  const failures = [];
  for (const [what, script] of [
    ['unit tests', 'test:unit'],
    ['end-to-end tests', 'test:e2e'],
  ]) {
    try {
      yield await jestTests(what, context, [script]);
    } catch (error) {
      if (!(error instanceof StageFailure)) {
        throw error;
      }
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new StageFailure(
      failures.map(({ message }) => message).join('\n\n'),
      failures.map(({ counts }) => counts).reduce(add),
    );
  }
}

function reportAbsent(absent, required) {
  const lines = absent.map(
    part => `  ${part.name}, for ${part.without}\n    ${part.hint}`,
  );
  if (absent.length > 0 && required) {
    throw new Problem(
      `BERTH_REQUIRE_REAL_PARTS=1, but these are missing:\n${lines.join('\n')}`,
    );
  }
  if (absent.length > 0) {
    print(`Missing, so not tested:\n${lines.join('\n')}`);
  }
}

function summarise(total, absent) {
  print('\nMinutes of each stage');
  for (const { what, milliseconds } of timings) {
    print(`  ${minutesOf(milliseconds).padStart(5)}  ${what}`);
  }
  print('');
  for (const part of absent) {
    print(`Not tested without ${part.name}: ${part.without}`);
  }
  if (total.skipped > 0) {
    print(`${total.skipped} skipped`);
  }
  say(process.exitCode ? 'Failed' : 'All tests passed');
  print(`${total.passed} passed, ${total.failed} failed`);
}

function add(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}
