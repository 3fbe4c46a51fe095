import { randomBytes } from 'node:crypto';
import { Agent, request } from 'undici';
import { median, percentile } from '../harness/statistics';
import { takeTurns, timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import { ByteCounter } from '../http/ByteCounter';
import { ServiceProcess } from '../process/ServiceProcess';
import type { HelmPortal } from './portal';
import { NAMESPACE, RealCluster } from './RealCluster';
import { readReleases } from './readReleases';
import { releaseSecret } from './releaseSecret';

const MB = 1024 * 1024;
/** What does not compress; a Secret has about twice as much. */
const MANIFEST_BYTES = 16_000;
const WRITES_AT_A_TIME = 8;
const LIST =
  '/api/v1/secrets?labelSelector=owner%3Dhelm%2Cstatus+notin+%28superseded%29&resourceVersion=0';
const METADATA =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export interface ListSizes {
  releases: number;
  revisions: number;
  listRounds: number;
}

interface Listed {
  time: number;
  bytes: number;
  /** Of the portal above idle, in bytes. */
  memory: number;
}

/** Measures the list of releases of a real cluster, `helm list`, and a bare list of metadata. */
export async function measureList(
  cluster: RealCluster,
  sizes: ListSizes,
  progress: Progress,
): Promise<Row[]> {
  const { releases, revisions, listRounds } = sizes;
  await storeReleases(cluster, sizes, progress);
  const { apiServer, adminToken, caPem } = cluster.controlPlane;
  const counter = await ByteCounter.start(apiServer);
  await cluster.useAddress(counter.url);
  const portal = ServiceProcess.start<HelmPortal>('helm/portal.ts', [
    '--expose-gc',
  ]);
  const agent = new Agent({ connect: { ca: caPem } });
  try {
    const url = await portal.call('start', {
      apiServers: [counter.url],
      caPem,
      token: adminToken,
      namespaces: [],
      version: 'v1.20.2',
    });
    const timed = async (work: () => Promise<number>): Promise<Listed> => {
      const before = await portal.call('rest', undefined);
      const began = performance.now();
      const { bytes, result } = await counter.during(work);
      const time = performance.now() - began;
      if (result !== releases) {
        throw new Error(`${result} releases arrived in place of ${releases}`);
      }
      const memory = (await portal.call('highest', undefined)) - before;
      return { time, bytes, memory };
    };
    const listed = async () =>
      (await readReleases(url, { person: 'admin' })).releases;
    const [helm, bare, cold, warm] = await takeTurns(
      [
        () =>
          timed(async () => {
            const text = await cluster.helm(
              ...['list', '--all-namespaces', '--output=json'],
              `--max=${releases + 1}`,
            );
            return JSON.parse(text).length;
          }),
        () =>
          timed(async () => {
            const { body } = await request(`${counter.url}${LIST}`, {
              dispatcher: agent,
              headers: {
                accept: METADATA,
                authorization: `Bearer ${adminToken}`,
                'user-agent': 'bench',
              },
            });
            return JSON.parse(await body.text()).items.length;
          }),
        async () => {
          await portal.call('forget', undefined);
          return timed(listed);
        },
        async () => {
          // Another side may have come between this one and the cold list.
          await listed();
          return timed(listed);
        },
      ],
      {
        rounds: listRounds,
        progress: round => progress(`list of a real cluster, ${round}`),
      },
    );
    const what = `list, ${releases} releases × ${revisions} revisions`;
    const times = (of: Listed[]) => of.map(({ time }) => time);
    const helmTimes = { times: times(helm), of: 'helm list' };
    const bareTimes = { times: times(bare), of: 'bare' };
    const [helmBytes, warmBytes] = [helm, warm].map(of =>
      median(of.map(({ bytes }) => bytes)),
    );
    const part = warmBytes / helmBytes;
    const memory = percentile(
      [...cold, ...warm].map(one => one.memory),
      0.95,
    );
    return [
      timeRow(`${what}: helm list`, times(helm)),
      timeRow(`${what}: bare list of metadata`, times(bare)),
      timeRow(`${what}: cold`, times(cold), { ...helmTimes, most: 0.2 }),
      timeRow(`${what}: warm`, times(warm), { ...helmTimes, most: 0.05 }),
      timeRow(`${what}: warm, compared with bare`, times(warm), {
        ...bareTimes,
        most: 2,
      }),
      {
        what: `${what}: bytes of helm list, of a warm list`,
        median: `${(helmBytes / MB).toFixed(1)} MB, ${(
          warmBytes / 1024
        ).toFixed(1)} kB: 1/${Math.round(1 / part)}`,
        goal: { text: '≤ 1/300', met: part <= 1 / 300 },
      },
      {
        what: `${what}: memory of the portal above idle`,
        median: `p95 ${(memory / MB).toFixed(0)} MB`,
        goal: { text: '≤ 20 MB', met: memory <= 20 * MB },
      },
    ];
  } finally {
    await portal.stop();
    await agent.close();
    await cluster.useAddress(apiServer);
    counter.stop();
  }
}

/** Stores revisions as Helm does, with manifests that do not compress. */
async function storeReleases(
  cluster: RealCluster,
  { releases, revisions }: ListSizes,
  progress: Progress,
): Promise<void> {
  const all = Array.from({ length: releases * revisions }, (_, index) => ({
    name: `web-${Math.floor(index / revisions)}`,
    revision: (index % revisions) + 1,
  }));
  const next = all[Symbol.iterator]();
  const work = async () => {
    for (const { name, revision } of next) {
      await cluster.create(
        `/api/v1/namespaces/${NAMESPACE}/secrets`,
        releaseSecret({
          ...{ namespace: NAMESPACE, name, revision, revisions },
          manifest: `# ${randomBytes(MANIFEST_BYTES).toString('base64')}\n`,
        }),
      );
    }
  };
  progress(`storing ${all.length} revisions`);
  await Promise.all(Array.from({ length: WRITES_AT_A_TIME }, work));
}
