import { ConfigReader } from '@backstage/config';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { AddressPolicy, createCharts } from '../backend';
import { milliseconds } from '../harness/measureRounds';
import { median } from '../harness/statistics';
import { takeTurns, timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import {
  address,
  close,
  listen,
  silent,
  throughMiddleware,
} from '../http/listen';
import { openDatabase } from '../portal/openDatabase';
import { RealCluster } from './RealCluster';
import { indexOf, Repository, VERSIONS_OF_CHART } from './Repository';

const LAG_GOAL_MS = 100;
const NS_IN_MS = 1e6;

export interface ChartSizes {
  /** Versions of charts in the index, with 20 versions for each chart. */
  versions: number;
  searches: number;
}

type Options = Parameters<typeof createCharts>[0];

/** Measures the search for charts, and what it takes to keep an index up to date. */
export async function measureCharts(
  cluster: RealCluster,
  { versions, searches }: ChartSizes,
  progress: Progress,
): Promise<Row[]> {
  const repository = await Repository.start(indexOf(versions, 1));
  const database = await openDatabase();
  const tasks: ((signal: AbortSignal) => Promise<unknown>)[] = [];
  const charts = await createCharts({
    access: { caller: async () => ({ credentials: {} }) },
    addressPolicy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    authorizer: { require: async () => {} },
    config: new ConfigReader({
      berth: {
        helm: {
          httpOnLoopback: true,
          repositories: [{ name: 'shop', url: repository.url }],
        },
      },
    }),
    database: database.knex,
    encryptionSecrets: ['a secret of the bench with enough characters'],
    lifecycle: { addShutdownHook: () => {} },
    logger: silent,
    production: false,
    scheduler: {
      scheduleTask: async ({ fn }: { fn: (typeof tasks)[number] }) => {
        tasks.push(fn);
      },
    },
    // Charts need no other part of a portal.
  } as unknown as Options);
  const server = await listen(throughMiddleware('/api/berth', charts.router));
  const [task] = tasks;
  const refresh = () => task(new AbortController().signal);
  try {
    progress('first refresh of the index');
    await refresh();
    const changes: { lag: number; time: number }[] = [];
    for (const generation of [2, 3, 4]) {
      progress(`refresh of a changed index, ${generation - 1} of 3`);
      repository.index = indexOf(versions, generation);
      const began = performance.now();
      const lag = await lagDuring(refresh);
      changes.push({ lag, time: performance.now() - began });
    }
    progress('refresh of an unchanged index');
    const idle = await lagDuring(() => delay(1_000));
    repository.requests = 0;
    repository.sent = 0;
    const began = performance.now();
    await refresh();
    const unchanged = performance.now() - began;
    const { requests, sent } = repository;

    await cluster.helm('repo', 'add', 'shop', repository.url);
    const count = versions / VERSIONS_OF_CHART;
    const [helm, portal] = await takeTurns(
      [
        () =>
          timeOf(async () =>
            JSON.parse(
              await cluster.helm(
                ...['search', 'repo', `service-${count - 1}`, '--output=json'],
              ),
            ),
          ),
        () =>
          timeOf(async () => {
            const answer = await fetch(
              `${address(server)}/api/berth/helm/charts?search=service-${
                count - 1
              }`,
            );
            return ((await answer.json()) as { items: unknown[] }).items;
          }),
      ],
      { rounds: searches, progress: round => progress(`search, ${round}`) },
    );
    const what = `${versions.toLocaleString('en-US')} versions of charts`;
    const lag = median(changes.map(change => change.lag));
    return [
      timeRow(`search, ${what}: helm search repo`, helm),
      timeRow(`search, ${what}: through the portal`, portal, {
        ...{ times: helm, most: 0.01, of: 'helm search repo' },
      }),
      {
        what: `unchanged index, ${what}: requests, bytes of answers, time`,
        median: `${requests}, ${sent}, ${milliseconds(unchanged)}`,
        goal: {
          text: '1 request, nothing to parse',
          met: requests === 1 && sent === 0,
        },
      },
      {
        what: `changed index, ${what}: time`,
        median: milliseconds(median(changes.map(({ time }) => time))),
      },
      {
        what: 'longest delay of the event loop, idle',
        median: milliseconds(idle),
      },
      {
        what: 'longest delay of the event loop, changed index',
        median: milliseconds(lag),
        goal: { text: '≤ 100 ms', met: lag <= LAG_GOAL_MS },
      },
    ];
  } finally {
    await close(server);
    await database.drop();
    await repository.stop();
  }
}

/** Returns the longest time for which the event loop had no turn, in milliseconds. */
async function lagDuring(work: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.max / NS_IN_MS;
}

/** @throws Error if nothing is found */
async function timeOf(search: () => Promise<unknown[]>): Promise<number> {
  const began = performance.now();
  const found = await search();
  if (found.length === 0) {
    throw new Error('The search found nothing');
  }
  return performance.now() - began;
}
