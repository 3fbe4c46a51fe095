import { Person } from '../backend';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { Progress, Row } from '../harness/types';
import type { HttpClient } from '../http/httpClient';
import {
  clusterName,
  fillPortal,
  GROUPS_OF_A_CLUSTER,
} from '../portal/fillPortal';
import { BenchDatabase } from '../portal/openDatabase';
import { makeGroups } from '../portal/tenants';
import { ServiceProcess } from '../process/ServiceProcess';
import { ROUTES } from './createListRouter';
import { startBackend } from './startBackend';

const CLIENTS = 20;
/** A page can take at most this many times as long as a route that does nothing. */
const GOAL = 3;

const admin = personIn('ada', [], true);

export interface ListSizes {
  clusters: number;
  /** Namespaces on each cluster. */
  namespaces: number;
  rounds: number;
  /** Requests of each kind in each round. */
  requests: number;
}

interface Contest {
  what: string;
  person: Person;
  urls: string[];
  /** The 95th percentile of each round, in milliseconds. */
  p95: number[];
  times: number[];
}

/** Measures pages of namespaces on one database. */
export async function measureList(
  { knex, title }: BenchDatabase,
  sizes: ListSizes,
  progress: Progress,
): Promise<Row[]> {
  const groups = makeGroups(sizes.clusters * GROUPS_OF_A_CLUSTER).map(
    ({ group }) => group,
  );
  // On the first and the last cluster.
  const member = personIn('alice', [groups[0], groups.at(-1)!], false);
  await fillPortal(knex, sizes, what => progress(`${title}: ${what}`));
  const backend = await startBackend(knex, [admin, member]);
  const client = ServiceProcess.start<HttpClient>('http/httpClient.ts');
  try {
    const headersOf = new Map(
      await Promise.all(
        [admin, member].map(
          async person => [person, await backend.headersOf(person)] as const,
        ),
      ),
    );
    const contests = await contestsOf(
      backend.url,
      member,
      sizes,
      groups,
      headersOf.get(admin)!,
    );
    for (let round = 0; round <= sizes.rounds; round += 1) {
      progress(`${title}: round ${round} of ${sizes.rounds}`);
      for (let turn = 0; turn < contests.length; turn += 1) {
        const contest = contests[(round + turn) % contests.length];
        const { times } = await client.call('get', {
          urls: contest.urls,
          requests: sizes.requests,
          connections: CLIENTS,
          headers: headersOf.get(contest.person),
        });
        if (round > 0) {
          contest.p95.push(percentile(times, 0.95));
          contest.times.push(...times);
        }
      }
    }
    return rowsOf(title, contests);
  } finally {
    await client.stop();
    await backend.stop();
  }
}

function personIn(name: string, refs: string[], isAdmin: boolean): Person {
  return {
    userRef: `user:default/${name}`,
    username: `user:${name}`,
    groups: refs,
    memberships: refs.map(group => ({ group, path: [group] })),
    admin: isAdmin,
    auditor: false,
  };
}

/** Returns the contests, with the empty route first. */
async function contestsOf(
  url: string,
  member: Person,
  { clusters, namespaces }: ListSizes,
  groups: string[],
  headers: Record<string, string>,
): Promise<Contest[]> {
  const each = (query: (index: number) => string) =>
    Array.from(
      { length: 20 },
      (_, index) => `${url}${ROUTES.namespaces}?${query(index)}`,
    );
  const cluster = (index: number) => clusterName((index * 7) % clusters);
  const group = (index: number) =>
    encodeURIComponent(groups[(index * 7) % groups.length]);
  const list = `${url}${ROUTES.namespaces}`;
  const later = each(
    index =>
      `cluster=${cluster(index)}&orderBy=createdAt&order=desc&limit=${
        (index + 1) * 20
      }`,
  );
  const half = (clusters * namespaces) / 2;
  const kinds: [string, string[], Person?][] = [
    ['empty route', [`${url}${ROUTES.empty}`]],
    ['first page', each(() => 'limit=20')],
    [
      'cluster, by age, a later page',
      await Promise.all(later.map(first => nextPage(first, headers))),
    ],
    [
      'search by name on a cluster',
      each(index => `cluster=${cluster(index)}&search=ns-${index}&limit=20`),
    ],
    [
      "a group's, active, by cluster",
      each(
        index => `group=${group(index)}&phase=Active&orderBy=cluster&limit=20`,
      ),
    ],
    ['what a member sees', each(() => 'mine=true&limit=20'), member],
    ...(await Promise.all(
      ['name', 'createdAt', 'owner', 'cluster'].map(
        async (column): Promise<[string, string[]]> => [
          `from the middle, by ${column}`,
          [await pageAfter(half, `${list}?orderBy=${column}`, headers)],
        ],
      ),
    )),
    ['50 of a cluster', each(index => `cluster=${cluster(index)}&limit=50`)],
  ];
  return kinds.map(([what, urls, person = admin]) => ({
    what,
    person,
    urls,
    p95: [],
    times: [],
  }));
}

const PAGE = 500;

/** Returns the URL of the page with 20 rows after a page. */
async function nextPage(
  first: string,
  headers: Record<string, string>,
): Promise<string> {
  const response = await fetch(first, { headers });
  const { next } = (await response.json()) as { next?: string };
  if (next === undefined) {
    throw new Error(`There is no page after ${first}`);
  }
  const url = new URL(first);
  url.searchParams.set('limit', '20');
  url.searchParams.set('cursor', next);
  return url.href;
}

/** Returns the URL of the page after a number of rows. */
async function pageAfter(
  rows: number,
  list: string,
  headers: Record<string, string>,
): Promise<string> {
  let page = new URL(list);
  for (let read = 0; read < rows; read += PAGE) {
    page.searchParams.set('limit', `${Math.min(PAGE, rows - read)}`);
    page = new URL(await nextPage(page.href, headers));
  }
  return page.href;
}

function rowsOf(title: string, [empty, ...pages]: Contest[]): Row[] {
  const row = (contest: Contest): Row => ({
    what: `${title}: ${contest.what}, p95 ${milliseconds(
      percentile(contest.times, 0.95),
    )}`,
    median: milliseconds(median(contest.times)),
    p99: milliseconds(percentile(contest.times, 0.99)),
  });
  return [
    row(empty),
    ...pages.map(page => {
      const times = median(
        page.p95.map((value, round) => value / empty.p95[round]),
      );
      return {
        ...row(page),
        ratio: times,
        goal: { text: `≤ ${GOAL}`, met: times <= GOAL },
      };
    }),
  ];
}
