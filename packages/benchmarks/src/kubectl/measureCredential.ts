import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { Progress, Row } from '../harness/types';

const GOAL = 1.5;
const PORTAL = 'https://portal.example.com';
const CLUSTER_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const PROGRAM = resolvePackagePath(
  '@berth/kubectl-berth',
  'dist/kubectl-berth.mjs',
);

/** Measures a call of the plugin that finds its token in the cache. */
export async function measureCredential(
  runs: number,
  progress: Progress,
): Promise<Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'bench-kubectl-'));
  try {
    fillCache(home);
    const env = { PATH: process.env.PATH, HOME: home };
    const node = () => timed(['-e', '0'], env);
    const credential = () =>
      timed(
        [
          PROGRAM,
          'credential',
          `--portal=${PORTAL}`,
          '--cluster=prod01',
          `--cluster-id=${CLUSTER_ID}`,
        ],
        env,
      );
    if (!credential().output.includes('ExecCredential')) {
      throw new Error('kubectl-berth did not print the token of the cache');
    }
    const bare: number[] = [];
    const cached: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      progress(`run ${turn + 1} of ${runs}`);
      const contestants = [
        () => bare.push(node().time),
        () => cached.push(credential().time),
      ];
      (turn % 2 === 0 ? contestants : contestants.reverse()).forEach(it =>
        it(),
      );
    }
    const slower = median(cached.map((time, turn) => time / bare[turn]));
    return [
      row('`node -e 0`', bare),
      {
        ...row('cached `credential`', cached),
        ratio: slower,
        goal: { text: `ratio ≤ ${GOAL}`, met: slower <= GOAL },
      },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function row(what: string, times: number[]): Row {
  return {
    what,
    median: milliseconds(median(times)),
    p99: milliseconds(percentile(times, 0.99)),
  };
}

function timed(args: string[], env: NodeJS.ProcessEnv) {
  const began = performance.now();
  const output = execFileSync(process.execPath, args, {
    env,
    encoding: 'utf8',
  });
  return { time: performance.now() - began, output };
}

/** Writes the files of a sign-in and of a token as the program does. */
function fillCache(home: string): void {
  const folder = (...path: string[]) => {
    const created = join(home, ...path, 'kubectl-berth', 'portal.example.com');
    mkdirSync(created, { recursive: true, mode: 0o700 });
    return created;
  };
  const write = (path: string, content: object) =>
    writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  write(join(folder('.local', 'state'), 'device.json'), {
    portal: PORTAL,
    id: 'device',
    user: 'user:default/ada',
    name: 'laptop-x',
    privateKey: privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
    issuer: `${PORTAL}/api/oidc`,
    app: PORTAL,
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    clockOffset: 0,
  });
  write(join(folder('.cache'), `${CLUSTER_ID}.json`), {
    token: 'x'.repeat(1500),
    obtainedAt: Date.now(),
    goodFor: 3_600_000,
    device: 'device',
  });
}
