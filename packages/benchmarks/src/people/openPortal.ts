import { BerthClient } from '@berth/plugin-berth-common';
import { createTestCertificates } from '@berth/control-plane';
import { randomBytes } from 'node:crypto';
import { knex } from 'knex';
import { Progress } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import { Computer, connectComputers, NamedCluster } from './computers';
import type { PortalProcess } from './portal';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
const START_MS = 180_000;
const PAUSE_MS = 500;
/** The default of the portal. */
const ISSUER_PATH = '/api/oidc';

/** A running portal with clusters that all people may use. */
export interface PeoplePortal {
  process: ServiceProcess<PortalProcess>;
  url: string;
  /** A Backstage token of each person. */
  tokens: string[];
  /** A computer of each person, in the order of the tokens. */
  computers: Computer[];
  clusters: NamedCluster[];
  stop(): Promise<void>;
}

/** Starts a portal with PostgreSQL, people in its catalog, and clusters that do not answer. */
export async function openPortal(
  { people, clusters }: { people: number; clusters: number },
  progress: Progress,
): Promise<PeoplePortal> {
  const database = await createDatabase();
  const process = ServiceProcess.start<PortalProcess>('people/portal.ts');
  const stop = async () => {
    await process.call('stop', undefined).catch(() => {});
    await process.stop();
    await database.drop();
  };
  try {
    progress('starting the portal');
    const { url, admin, tokens, sharedWith, related } = await process.call(
      'open',
      {
        database: database.config,
        people,
      },
    );
    const names = Array.from({ length: clusters }, (_, n) => `people${n}`);
    const first = clientOf(url, admin);
    await eventually(async () => (await first.getAccess()).admin);
    const { caPem } = await createTestCertificates('bench');
    const created: NamedCluster[] = [];
    for (const name of names) {
      progress(`cluster ${name}`);
      const { id } = await first.createCluster({
        name,
        // Nothing listens at this address.
        apiServer: 'https://127.0.0.1:1',
        caData: Buffer.from(caPem).toString('base64'),
      });
      await first.setShares(name, { groups: sharedWith });
      created.push({ name, id });
    }
    progress('waiting for the catalog');
    await eventually(async () => {
      const counted = await Promise.all([
        countEntities(url, admin, 'kind=user,relations.memberof'),
        countEntities(url, admin, 'kind=group,relations.childof'),
      ]);
      return counted[0] === related.people && counted[1] === related.groups;
    });
    progress('connecting computers');
    const computers = await connectComputers(
      tokens.map(token => clientOf(url, token)),
      { url, issuer: `${url}${ISSUER_PATH}` },
    );
    return { process, url, tokens, computers, clusters: created, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function clientOf(url: string, token: string): BerthClient {
  return new BerthClient({
    getBaseUrl: async () => `${url}/api/berth`,
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...init?.headers, Authorization: `Bearer ${token}` },
      }),
  });
}

/** Counts entities of the catalog. */
async function countEntities(
  url: string,
  token: string,
  filter: string,
): Promise<number> {
  const query = new URLSearchParams({ filter, limit: '0' });
  const answer = await fetch(`${url}/api/catalog/entities/by-query?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { totalItems }: any = await answer.json();
  return totalItems;
}

async function createDatabase() {
  const server = process.env[POSTGRES];
  if (!server) {
    throw new Error(`${POSTGRES} must name a PostgreSQL server`);
  }
  const name = `berth_bench_${randomBytes(6).toString('hex')}`;
  const admin = knex({ client: 'pg', connection: server });
  await admin.raw('create database ??', [name]);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    config: { client: 'pg', connection: own.toString() },
    async drop() {
      await admin.raw('drop database if exists ?? with (force)', [name]);
      await admin.destroy();
    },
  };
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + START_MS;
  for (;;) {
    const failure = await check().then(
      done => (done ? undefined : new Error('not yet')),
      error => error,
    );
    if (!failure) {
      return;
    }
    if (Date.now() > end) {
      throw failure;
    }
    await new Promise(resolve => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}
