import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, start } from './lib/commands.mjs';
import { cache, yarnRelease } from './lib/paths.mjs';
import { Problem } from './lib/Problem.mjs';
import { print, say } from './lib/progress.mjs';
import { realParts, realPartsEnvironment } from './lib/realParts.mjs';
import { setUp } from './lib/setUp.mjs';

const results = {
  unit: join(cache, 'unit-tests.json'),
  e2e: join(cache, 'e2e-tests.json'),
};

const stages = [
  ['Formatting', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['Linting', ['backstage-cli', 'repo', 'lint']],
  ['Types', ['tsc']],
  [
    'Tests of every package',
    ['backstage-cli', 'repo', 'test', ...jest(results.unit)],
  ],
  [
    'Tests of the whole on real parts',
    ['workspace', 'e2e-tests', 'test:e2e', ...jest(results.e2e)],
  ],
];

function jest(outputFile) {
  return ['--watchAll=false', '--json', `--outputFile=${outputFile}`];
}

main(async () => {
  const missing = realParts(process.env).filter(part => !part.present);
  if (missing.length > 0 && process.env.BERTH_REQUIRE_REAL_PARTS === '1') {
    throw new Problem(
      `BERTH_REQUIRE_REAL_PARTS is 1, but there is no ${describe(missing)}`,
    );
  }
  const { node, env } = await setUp();

  let failed;
  for (const [name, command] of stages) {
    say(`${name} …`);
    const handle = start(node, [yarnRelease, ...command], {
      env: { ...realPartsEnvironment(env), CI: '1' },
      inherit: true,
    });
    if ((await handle.ended) !== 0) {
      failed = name;
      break;
    }
  }

  if (missing.length > 0) {
    print(`\nLeft out the tests that need ${describe(missing)}`);
  }
  print(`\n${summary()}`);
  if (failed) {
    throw new Problem(`${failed}: failed, see above`);
  }
});

function describe(parts) {
  return parts.map(({ name, how }) => `${name} (${how})`).join('; ');
}

/** One line over the stages that ran in this run. */
function summary() {
  const runs = Object.values(results).map(readResults);
  const sum = key => runs.reduce((total, run) => total + run[key], 0);
  const failures = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
  return `${sum('numPassedTests')} passed, ${failures} failed, ${sum(
    'numPendingTests',
  )} skipped`;
}

function readResults(file) {
  try {
    const { startTime, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
    return startTime > performance.timeOrigin ? counts : NOTHING;
  } catch {
    return NOTHING;
  }
}

const NOTHING = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
};
