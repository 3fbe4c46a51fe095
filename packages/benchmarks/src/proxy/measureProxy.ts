import { milliseconds, perSecond } from '../harness/measureRounds';
import { median, percentile, ratio } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import type { HttpClient, Taken } from '../http/httpClient';
import { ServiceProcess } from '../process/ServiceProcess';
import type { ApiServer } from './apiServer';
import type { ProxyPortal } from './portal';
import type { Relay } from './relay';
import type { Watchers } from './watchers';

const COLLECTION = '/api/v1/namespaces/team-a/configmaps';
/** The proxy receives and sends each request once more. */
const SMALL_GOAL = 2;
const LIST_GOAL = 0.8;
const MEMORY_GOAL_MB = 60;
const MB = 1024 * 1024;

export interface ProxySizes {
  rounds: number;
  /** Requests for one object in each round. */
  gets: number;
  /** Requests for a list of 1 MiB in each round. */
  lists: number;
  connections: number;
  watches: number;
}

interface Contest {
  path: string;
  requests: number;
  direct: Taken[];
  /** Through a process that does nothing but pass requests on. */
  relayed: Taken[];
  proxied: Taken[];
}

/** Measures requests through the proxy and the same requests without it, in turns. */
export async function measureProxy(
  sizes: ProxySizes,
  progress: Progress,
): Promise<Row[]> {
  const server = ServiceProcess.start<ApiServer>('proxy/apiServer.ts');
  const portal = ServiceProcess.start<ProxyPortal>('proxy/portal.ts', [
    '--expose-gc',
  ]);
  const relay = ServiceProcess.start<Relay>('proxy/relay.ts');
  const client = ServiceProcess.start<HttpClient>('http/httpClient.ts');
  const watchers = ServiceProcess.start<Watchers>('proxy/watchers.ts');
  try {
    const target = await server.call('start', undefined);
    const { url, token } = await portal.call('start', {
      ...target,
      streams: sizes.watches,
    });
    const relayUrl = await relay.call('start', target);
    const headers = { authorization: `Bearer ${token}` };
    const get = ({ path, requests }: Contest, base: string, ca?: string) =>
      client.call('get', {
        urls: [`${base}${path}`],
        requests,
        connections: sizes.connections,
        headers,
        ca,
      });
    const contests = [
      contestOf(`${COLLECTION}/small`, sizes.gets),
      contestOf(COLLECTION, sizes.lists),
    ];
    const checks: number[] = [];
    for (let round = 0; round <= sizes.rounds; round += 1) {
      progress(`round ${round} of ${sizes.rounds}`);
      const check = await portal.call('checkToken', undefined);
      for (const contest of contests) {
        const sides = [
          async () => get(contest, target.apiServer, target.caPem),
          async () => get(contest, relayUrl),
          async () => get(contest, url),
        ];
        // The order changes with each round.
        const order = round % 2 ? [0, 1, 2] : [2, 1, 0];
        const taken: Taken[] = [];
        for (const side of order) {
          taken[side] = await sides[side]();
        }
        if (round > 0) {
          contest.direct.push(taken[0]);
          contest.relayed.push(taken[1]);
          contest.proxied.push(taken[2]);
        }
      }
      if (round > 0) {
        checks.push(check);
      }
    }
    progress('watches');
    const before = await portal.call('memory', undefined);
    await watchers.call('open', {
      url: `${url}${COLLECTION}?watch=true`,
      count: sizes.watches,
      headers,
    });
    const after = await portal.call('memory', undefined);
    await watchers.call('close', undefined);
    const [small, list] = contests;
    return [
      ...smallRows(small, checks),
      ...listRows(list),
      memoryRow(sizes.watches, (after - before) / MB),
    ];
  } finally {
    await Promise.all(
      [server, portal, relay, client, watchers].map(process => process.stop()),
    );
  }
}

function contestOf(path: string, requests: number): Contest {
  return { path, requests, direct: [], relayed: [], proxied: [] };
}

function smallRows(
  { direct, relayed, proxied }: Contest,
  checks: number[],
): Row[] {
  const p50 = (taken: Taken[]) => taken.map(({ times }) => median(times));
  const bounds = p50(direct).map(
    (time, round) => SMALL_GOAL * time + checks[round],
  );
  const times = ratio(p50(proxied), p50(direct));
  const ofBound = ratio(p50(proxied), bounds);
  const row = (what: string, taken: Taken[]): Row => {
    const all = taken.flatMap(one => one.times);
    return {
      what,
      median: milliseconds(median(all)),
      p99: milliseconds(percentile(all, 0.99)),
    };
  };
  return [
    row('one object, direct', direct),
    { what: 'check of the token', median: milliseconds(median(checks)) },
    {
      ...row('one object, through a bare relay', relayed),
      ratio: ratio(p50(relayed), p50(direct)),
    },
    {
      ...row('one object, through the portal', proxied),
      ratio: times,
      goal: {
        text: `≤ ${SMALL_GOAL} × direct + the check of the token`,
        met: ofBound <= 1,
      },
    },
  ];
}

function listRows({ direct, relayed, proxied }: Contest): Row[] {
  const rates = (taken: Taken[]) => taken.map(({ rate }) => rate);
  const row = (what: string, taken: Taken[]): Row => ({
    what,
    median: perSecond(median(rates(taken))),
    p99: milliseconds(
      percentile(
        taken.flatMap(({ times }) => times),
        0.99,
      ),
    ),
  });
  return [
    row('list of 1 MiB, direct', direct),
    {
      ...row('list of 1 MiB, through a bare relay', relayed),
      ratio: ratio(rates(relayed), rates(direct)),
    },
    {
      ...row('list of 1 MiB, through the portal', proxied),
      ratio: ratio(rates(proxied), rates(direct)),
      goal: LIST_GOAL,
    },
  ];
}

function memoryRow(watches: number, megabytes: number): Row {
  return {
    what: `${watches.toLocaleString('en-US')} idle watches`,
    median: `${megabytes.toFixed(0)} MB`,
    goal: {
      text: `≤ ${MEMORY_GOAL_MB} MB above idle`,
      met: megabytes <= MEMORY_GOAL_MB,
    },
  };
}
