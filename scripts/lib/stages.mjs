import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';
import { countTests, describeFailures, readResults } from './jestResults.mjs';
import { cache, root, yarnRelease } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { heartbeat, minutesOf, say } from './progress.mjs';

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 */

export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** Runs a check without tests. Counts as one failure if the check fails. */
export async function check(what, { node, env }, args) {
  const counts = { ...NOTHING };
  await stage(what, async log => {
    await run(what, node, [yarnRelease, ...args], { env, log });
  });
  return counts;
}

/** Runs the tests of the scripts. */
export async function nodeTests(what, { node, env }, args) {
  const counts = { ...NOTHING };
  const names = { pass: 'passed', fail: 'failed', skipped: 'skipped' };
  await stage(
    what,
    async log => {
      await run(what, node, ['--test', '--test-reporter=tap', ...args], {
        env,
        log,
        onLine(line) {
          const match = /^# (pass|fail|skipped) (\d+)$/.exec(line);
          if (match) {
            counts[names[match[1]]] = Number(match[2]);
          }
        },
      });
    },
    counts,
  );
  return counts;
}

/** Runs tests with jest. The command must pass unknown options to jest. */
export async function jestTests(what, { node, env }, args) {
  const file = join(cache, `${what.replace(/\W+/g, '-')}.json`);
  const counts = { ...NOTHING };
  await stage(
    what,
    async log => {
      rmSync(file, { force: true });
      let failure;
      try {
        await run(
          what,
          node,
          [yarnRelease, ...args, '--json', `--outputFile=${file}`],
          { env, log, onLine: sayFileResult },
        );
      } catch (error) {
        failure = error;
      }
      const results = readResults(file);
      Object.assign(counts, countTests(results));
      if (failure) {
        const details = describeFailures(results);
        throw details
          ? new Problem(`${details}\n\nAll output: ${log}`)
          : failure;
      }
    },
    counts,
  );
  if (counts.passed === 0) {
    throw new StageFailure(`${what}: no test ran`, counts);
  }
  return counts;
}

/** A stage that failed, with its counts until then. */
export class StageFailure extends Problem {
  constructor(message, counts) {
    super(message);
    this.counts = { ...counts, failed: Math.max(1, counts.failed) };
  }
}

/** How long each stage took, in the order in which they ended. */
export const timings = [];

/** Runs a part of the tests, with its own log, and reports how long it took. */
export async function stage(what, work, counts = NOTHING) {
  say(`${what} …`);
  const begun = Date.now();
  const endHeartbeat = heartbeat(() => `still at: ${what}`);
  try {
    await work(join(cache, `${what.replace(/\W+/g, '-')}.log`));
  } catch (error) {
    throw error instanceof Problem
      ? new StageFailure(error.message, counts)
      : error;
  } finally {
    endHeartbeat();
    timings.push({ what, milliseconds: Date.now() - begun });
  }
  const tests = counts.passed > 0 ? `, ${counts.passed} passed` : '';
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const time = minutesOf(Date.now() - begun);
  say(`  ${what}: done in ${time}${tests}${skipped}`);
}

function sayFileResult(line) {
  if (/^(PASS|FAIL) /.test(line)) {
    say(`  ${line.replace(root, '')}`);
  }
}
