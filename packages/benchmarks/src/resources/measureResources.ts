import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { takeTurns, timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { ApiServers } from './apiServers';
import type { ResourcesPortal } from './portal';
import type { Read, Reader } from './reader';

const MB = 1024 * 1024;

export interface ResourceSizes {
  rounds: number;
  /** Of each of the two clusters of the first part. */
  pods: number;
  namespaces: number;
  /** Of the second part, with `fleetPods` each. */
  clusters: number;
  fleetPods: number;
  fleetRounds: number;
}

interface Setting {
  apiServers: string[];
  caPem: string;
  freeze(index: number, on: boolean): Promise<void>;
  portal: ServiceProcess<ResourcesPortal>;
  reader: ServiceProcess<Reader>;
  url: string;
}

/** Measures the lists of a portal and bare lists of the API servers, in turns. */
export async function measureResources(
  sizes: ResourceSizes,
  progress: Progress,
): Promise<Row[]> {
  const few = await withSetting(
    { clusters: 2, pods: sizes.pods, namespaces: sizes.namespaces },
    setting => measureFew(setting, sizes, progress),
  );
  const many = await withSetting(
    {
      clusters: sizes.clusters,
      pods: sizes.fleetPods,
      namespaces: sizes.namespaces,
    },
    setting => measureMany(setting, sizes, progress),
  );
  return [...few, ...many];
}

async function withSetting(
  order: { clusters: number; pods: number; namespaces: number },
  work: (setting: Setting) => Promise<Row[]>,
): Promise<Row[]> {
  const servers = ServiceProcess.start<ApiServers>('resources/apiServers.ts');
  const portal = ServiceProcess.start<ResourcesPortal>('resources/portal.ts', [
    '--expose-gc',
  ]);
  const reader = ServiceProcess.start<Reader>('resources/reader.ts');
  try {
    const started = await servers.call('start', order);
    const url = await portal.call('start', {
      ...started,
      namespaces: order.namespaces,
    });
    return await work({
      ...started,
      freeze: (index, on) => servers.call('freeze', { index, on }),
      portal,
      reader,
      url,
    });
  } finally {
    await Promise.all([servers, portal, reader].map(one => one.stop()));
  }
}

async function measureFew(
  { apiServers, caPem, reader, url }: Setting,
  { pods, rounds }: ResourceSizes,
  progress: Progress,
): Promise<Row[]> {
  const sides = await inTurns(
    [
      () => reader.call('bare', { apiServers, caPem }),
      () => reader.call('lines', { url, person: 'admin' }),
      () => reader.call('lines', { url, person: 'member' }),
      () => reader.call('lines', { url, person: 'admin', gzip: true }),
    ],
    {
      rounds,
      rows: 2 * pods,
      progress: round => progress(`2 clusters, ${round}`),
    },
  );
  const [bare, admin, member, zipped] = sides;
  const what = `2 clusters × ${pods.toLocaleString('en-US')} pods`;
  const [raw, small] = [admin, zipped].map(reads => reads[0].bytes / MB);
  return [
    readRow(`${what}: bare lists in pages`, bare),
    readRow(`${what}: all rows of an admin`, admin, { bare, most: 2 }),
    readRow(`${what}: all rows of a member`, member, { bare, most: 0.5 }),
    {
      what: `${what}: size of an admin's list, plain and gzip`,
      median: `${raw.toFixed(2)} MB, ${small.toFixed(3)} MB`,
      goal: {
        text: '≤ 0.4 MB, ≤ 0.1 MB',
        met: raw <= 0.4 && small <= 0.1,
      },
    },
  ];
}

async function measureMany(
  { apiServers, caPem, freeze, portal, reader, url }: Setting,
  { clusters, fleetPods, fleetRounds }: ResourceSizes,
  progress: Progress,
): Promise<Row[]> {
  const pods = clusters * fleetPods;
  const gains: number[] = [];
  const [bare, admin] = await inTurns(
    [
      () => reader.call('bare', { apiServers, caPem }),
      async () => {
        const before = await portal.call('rest', undefined);
        const read = await reader.call('lines', { url, person: 'admin' });
        gains.push((await portal.call('highest', undefined)) - before);
        return read;
      },
    ],
    {
      rounds: fleetRounds,
      rows: pods,
      progress: round => progress(`${clusters} clusters, ${round}`),
    },
  );
  progress('one cluster frozen');
  await freeze(clusters - 1, true);
  const frozen: Read[] = [];
  for (let round = 0; round < 2; round += 1) {
    const read = await reader.call('lines', { url, person: 'admin' });
    if (read.rows !== pods - fleetPods || read.failed !== 1) {
      throw new Error(`The other clusters sent ${read.rows} rows`);
    }
    frozen.push(read);
  }
  const what = `${clusters} clusters, ${pods.toLocaleString('en-US')} pods`;
  const firsts = admin.map(({ first }) => first);
  const gain = median(gains.slice(1)) / MB;
  const firstFrozen = median(frozen.map(({ first }) => first));
  const goodFrozen = median(frozen.map(({ good }) => good));
  const allMedian = median(admin.map(({ all }) => all));
  return [
    readRow(`${what}: bare lists in pages`, bare),
    {
      what: `${what}: first rows of an admin`,
      median: milliseconds(median(firsts)),
      goal: {
        text: 'p95 ≤ 1 s',
        met: percentile(firsts, 0.95) <= 1_000,
      },
    },
    readRow(`${what}: all rows of an admin`, admin, { bare, most: 1.5 }),
    {
      what: `${what}: memory of the portal above idle`,
      median: `${gain.toFixed(0)} MB`,
      goal: { text: '≤ 150 MB', met: gain <= 150 },
    },
    {
      what: `${what}, one frozen: first rows, all rows of the others`,
      median: `${milliseconds(firstFrozen)}, ${milliseconds(goodFrozen)}`,
      goal: {
        text: '≤ 1.1 × without',
        met:
          firstFrozen <= 1.1 * median(firsts) && goodFrozen <= 1.1 * allMedian,
      },
    },
    {
      what: `${what}, one frozen: its failure`,
      median: milliseconds(median(frozen.map(({ all }) => all))),
      goal: {
        text: '≤ 9 s',
        met: median(frozen.map(({ all }) => all)) <= 9_000,
      },
    },
  ];
}

/** Takes turns, and fails if not all rows arrive. */
function inTurns(
  sides: (() => Promise<Read>)[],
  {
    rows,
    ...rounds
  }: { progress: (round: string) => void; rounds: number; rows: number },
): Promise<Read[][]> {
  const whole = sides.map(side => async () => {
    const read = await side();
    if (read.rows !== rows || read.failed > 0) {
      throw new Error(`${read.rows} rows arrived in place of ${rows}`);
    }
    return read;
  });
  return takeTurns(whole, rounds);
}

function readRow(
  what: string,
  reads: Read[],
  goal?: { bare: Read[]; most: number },
): Row {
  return timeRow(
    what,
    timesOf(reads),
    goal && { times: timesOf(goal.bare), most: goal.most, of: 'bare' },
  );
}

function timesOf(reads: Read[]): number[] {
  return reads.map(({ all }) => all);
}
