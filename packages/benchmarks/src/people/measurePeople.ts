import { milliseconds, perSecond } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { Answered, LoadProcess, TokenRequest } from './load';
import type { NamedCluster } from './computers';
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

/** What is measured under load. */
interface Contestant {
  what: string;
  requests(count: number): Promise<TokenRequest[]>;
}

/** Measures the mints of distinct people, of their computers and of one person, and a route that does nothing, in turns. */
export async function measurePeople(
  sizes: PeopleSizes,
  progress: Progress,
): Promise<Row[]> {
  const portal = await openPortal(sizes, progress);
  const load = ServiceProcess.start<LoadProcess>('people/load.ts');
  try {
    const people = {
      what: 'distinct people',
      requests: eachPairOnce(portal, (person, cluster) => ({
        token: portal.tokens[person],
        path: tokenPath(cluster),
      })),
    };
    const computers = {
      what: 'distinct computers',
      requests: eachPairOnce(portal, (person, cluster) =>
        portal.computers[person].request(cluster),
      ),
    };
    const contestants: Contestant[] = [
      {
        what: 'an empty route',
        requests: async count =>
          (await people.requests(count)).map(it => ({
            ...it,
            path: '/api/empty',
          })),
      },
      {
        what: 'one person, the same token',
        requests: async count =>
          Array.from({ length: count }, () => ({
            path: tokenPath(portal.clusters[0]),
            token: portal.tokens[0],
          })),
      },
      people,
      computers,
    ];
    const saturated = contestants.map(({ what }) => samplesOf(what));
    const steady = [people, computers].map(({ what, requests }) => ({
      requests,
      samples: samplesOf(`${what}, ${sizes.rate} a second`),
    }));
    for (let round = 0; round <= sizes.rounds; round += 1) {
      for (const [index, { what, requests }] of contestants.entries()) {
        progress(`round ${round} of ${sizes.rounds}: ${what}`);
        const asked = await requests(sizes.requests);
        await take(portal, round > 0 ? saturated[index] : undefined, () =>
          load.call('saturate', {
            url: portal.url,
            requests: asked,
            concurrency: CONCURRENCY,
          }),
        );
      }
      for (const { requests, samples } of round > 0 ? steady : []) {
        progress(`round ${round} of ${sizes.rounds}: ${samples.what}`);
        const asked = await requests(sizes.rate * SECONDS);
        await take(portal, samples, () =>
          load.call('atRate', {
            url: portal.url,
            requests: asked,
            perSecond: sizes.rate,
          }),
        );
      }
    }
    await writeProfile(portal, load, await people.requests(sizes.requests));
    return rowsOf(
      saturated,
      steady.map(({ samples }) => samples),
    );
  } finally {
    await load.stop();
    await portal.stop();
  }
}

/** Returns requests of which no two have the same person and cluster, until all pairs are used. */
function eachPairOnce(
  { tokens, clusters }: PeoplePortal,
  requestOf: (
    person: number,
    cluster: NamedCluster,
  ) => TokenRequest | Promise<TokenRequest>,
) {
  let next = 0;
  return (count: number): Promise<TokenRequest[]> =>
    Promise.all(
      Array.from({ length: count }, () => {
        const index = next;
        next += 1;
        const turn = Math.floor(index / tokens.length);
        return requestOf(
          index % tokens.length,
          clusters[(index + turn) % clusters.length],
        );
      }),
    );
}

function tokenPath({ name }: NamedCluster): string {
  return `/api/berth/clusters/${name}/token`;
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
  requests: TokenRequest[],
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

function rowsOf(saturated: Samples[], steady: Samples[]): Row[] {
  const [empty, , ...minting] = saturated;
  return [
    ...saturated.map(samples => ({
      what: `${samples.what}, a second of CPU time`,
      median: perSecond(median(samples.perCore)),
      p99: milliseconds(percentile(samples.times, 0.99)),
      ...(samples !== empty && {
        ratio: ratio(samples.perCore, empty.perCore),
      }),
      ...(minting.includes(samples) && {
        goal: {
          text: `≥ ${GOAL_PER_CORE} /s`,
          met: median(samples.perCore) >= GOAL_PER_CORE,
        },
      }),
    })),
    ...minting.map(({ what, rates }) => ({
      what: `${what}, a second`,
      median: perSecond(median(rates)),
    })),
    ...steady.map(({ what, times }) => {
      const p99 = percentile(times, 0.99);
      return {
        what,
        median: milliseconds(median(times)),
        p99: milliseconds(p99),
        goal: { text: `p99 ≤ ${GOAL_P99_MS} ms`, met: p99 <= GOAL_P99_MS },
      };
    }),
  ];
}
