import { milliseconds, perSecond } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { Answered, LoadProcess } from './load';
import { openPortal, PeoplePortal } from './openPortal';

export interface PeopleSizes {
  people: number;
  clusters: number;
  rounds: number;
  /** Requests of each contestant in a round. */
  requests: number;
  /** Mints per second of the load that does not wait for answers. */
  rate: number;
}

/** How long the load of `rate` lasts in a round. */
const SECONDS = 12;
const CONCURRENCY = 32;
const GOAL_PER_CORE = 150;
const GOAL_P99_MS = 250;

interface Samples {
  what: string;
  /** Answers for each second of CPU time of the backend, by round. */
  perCore: number[];
  /** Answers for each second, by round. */
  rates: number[];
  times: number[];
}

type Requests = { path: string; token: string }[];

/** Measures the mints of distinct people, of one person, and a route that does nothing, in turns. */
export async function measurePeople(
  sizes: PeopleSizes,
  progress: Progress,
): Promise<Row[]> {
  const portal = await openPortal(sizes, progress);
  const load = ServiceProcess.start<LoadProcess>('people/load.ts');
  try {
    const distinct = requestsOfDistinctPeople(portal);
    const contestants: [string, (count: number) => Requests][] = [
      [
        'an empty route',
        count => distinct(count).map(it => ({ ...it, path: '/api/empty' })),
      ],
      [
        'one person, the same token',
        count =>
          Array.from({ length: count }, () => ({
            path: portal.paths[0],
            token: portal.tokens[0],
          })),
      ],
      ['distinct people', distinct],
    ];
    const saturated = contestants.map(([what]) => samplesOf(what));
    const steady = samplesOf(`distinct people, ${sizes.rate} a second`);
    for (let round = 0; round <= sizes.rounds; round += 1) {
      for (const [index, [what, requests]] of contestants.entries()) {
        progress(`round ${round} of ${sizes.rounds}: ${what}`);
        await take(portal, round > 0 ? saturated[index] : undefined, () =>
          load.call('saturate', {
            url: portal.url,
            requests: requests(sizes.requests),
            concurrency: CONCURRENCY,
          }),
        );
      }
      if (round > 0) {
        progress(`round ${round} of ${sizes.rounds}: ${steady.what}`);
        await take(portal, steady, () =>
          load.call('atRate', {
            url: portal.url,
            requests: distinct(sizes.rate * SECONDS),
            perSecond: sizes.rate,
          }),
        );
      }
    }
    await writeProfile(portal, load, distinct(sizes.requests));
    return rowsOf(saturated, steady);
  } finally {
    await load.stop();
    await portal.stop();
  }
}

/** Returns requests of which no two have the same person and cluster, until all pairs are used. */
function requestsOfDistinctPeople({ tokens, paths }: PeoplePortal) {
  let next = 0;
  return (count: number): Requests =>
    Array.from({ length: count }, () => {
      const index = next;
      next += 1;
      return {
        token: tokens[index % tokens.length],
        path: paths[(index + Math.floor(index / tokens.length)) % paths.length],
      };
    });
}

async function take(
  { process }: PeoplePortal,
  samples: Samples | undefined,
  run: () => Promise<Answered>,
): Promise<void> {
  const before = await process.call('cpu', undefined);
  const { rate, times } = await run();
  const cpu = (await process.call('cpu', undefined)) - before;
  samples?.perCore.push(times.length / cpu);
  samples?.rates.push(rate);
  samples?.times.push(...times);
}

/** Writes a CPU profile of the mints of distinct people into the file that `BERTH_BENCH_PROFILE` names. */
async function writeProfile(
  portal: PeoplePortal,
  load: ServiceProcess<LoadProcess>,
  requests: Requests,
): Promise<void> {
  const file = process.env.BERTH_BENCH_PROFILE;
  if (file) {
    await portal.process.call('startProfile', undefined);
    await load.call('saturate', {
      url: portal.url,
      requests,
      concurrency: CONCURRENCY,
    });
    await portal.process.call('writeProfile', file);
  }
}

function samplesOf(what: string): Samples {
  return { what, perCore: [], rates: [], times: [] };
}

function rowsOf(saturated: Samples[], steady: Samples): Row[] {
  const [empty] = saturated;
  const people = saturated[saturated.length - 1];
  const p99 = percentile(steady.times, 0.99);
  return [
    ...saturated.map(samples => ({
      what: `${samples.what}, a second of CPU time`,
      median: perSecond(median(samples.perCore)),
      p99: milliseconds(percentile(samples.times, 0.99)),
      ...(samples !== empty && {
        ratio: ratio(samples.perCore, empty.perCore),
      }),
      ...(samples === people && {
        goal: {
          text: `≥ ${GOAL_PER_CORE} /s`,
          met: median(samples.perCore) >= GOAL_PER_CORE,
        },
      }),
    })),
    {
      what: `${people.what}, a second`,
      median: perSecond(median(people.rates)),
    },
    {
      what: steady.what,
      median: milliseconds(median(steady.times)),
      p99: milliseconds(p99),
      goal: { text: `p99 ≤ ${GOAL_P99_MS} ms`, met: p99 <= GOAL_P99_MS },
    },
  ];
}
