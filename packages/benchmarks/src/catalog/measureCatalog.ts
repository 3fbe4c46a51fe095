import { SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import { BerthClient, DirectoryApi } from '@berth/plugin-berth-common';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import {
  BerthEntityProvider,
  GroupTags,
  createDirectoryRouter,
  DatabaseClusterStore,
  DatabaseDirectory,
  DatabaseShareStore,
  DatabaseTenancy,
} from '../backend';
import { Progress } from '../harness/types';
import {
  address,
  close,
  listen,
  silent,
  throughMiddleware,
} from '../http/listen';
import { clusterName, fillPortal } from '../portal/fillPortal';
import { BenchDatabase } from '../portal/openDatabase';
import { FakeCatalog } from './FakeCatalog';

const API = '/api/berth';
const SECRET = 'a secret of at least 32 characters';

export interface CatalogSizes {
  clusters: number;
  /** Namespaces on each cluster. */
  namespaces: number;
  rounds: number;
  /** Namespaces whose purpose changes before a pass. */
  changes: number;
}

/** Seconds of each round. */
export interface CatalogTaken {
  bare: number[];
  first: number[];
  again: number[];
  changed: number[];
  /** Entities that were written by a first pass, a pass without changes and a pass after changes. */
  written: { first: number; again: number; changed: number };
}

/** Measures passes of the entity provider, each time from an empty catalog, and a client that only reads the pages. */
export async function measureCatalog(
  { knex }: BenchDatabase,
  sizes: CatalogSizes,
  progress: Progress,
): Promise<CatalogTaken> {
  await fillPortal(knex, sizes, progress);
  const server = await listen(throughMiddleware(API, routerOf(knex)));
  const client = new BerthClient({
    getBaseUrl: async () => `${address(server)}${API}`,
    fetch,
  });
  const taken: CatalogTaken = {
    bare: [],
    first: [],
    again: [],
    changed: [],
    written: { first: 0, again: 0, changed: 0 },
  };
  try {
    for (let round = 1; round <= sizes.rounds; round += 1) {
      progress(`round ${round} of ${sizes.rounds}`);
      taken.bare.push(await secondsOf(() => readAll(client)));
      const catalog = new FakeCatalog();
      const pass = await providerOf(client, catalog);
      const measure = async (what: 'first' | 'again' | 'changed') => {
        const before = catalog.written;
        taken[what].push(await secondsOf(pass));
        taken.written[what] = catalog.written - before;
      };
      await measure('first');
      await measure('again');
      await change(knex, sizes.changes, round);
      await measure('changed');
    }
    return taken;
  } finally {
    await close(server);
  }
}

function routerOf(knex: Knex) {
  const service = { type: 'service', subject: 'plugin:catalog' };
  const { grants, personal } = DatabaseTenancy.create(knex);
  return createDirectoryRouter({
    directory: DatabaseDirectory.create({
      clusters: DatabaseClusterStore.create(knex),
      database: knex,
      grants,
      personal,
      shares: DatabaseShareStore.create(knex),
    }),
    httpAuth: {
      credentials: async () => ({ principal: service }),
    } as unknown as Parameters<typeof createDirectoryRouter>[0]['httpAuth'],
  });
}

/** @returns a function that runs a pass of the provider, as its schedule does */
async function providerOf(
  directory: DirectoryApi,
  catalog: FakeCatalog,
): Promise<() => Promise<void>> {
  let pass: (() => unknown) | undefined;
  const schedule: SchedulerServiceTaskRunner = {
    run: async ({ fn }) => {
      pass = () => fn(new AbortController().signal);
    },
  };
  const provider = BerthEntityProvider.create({
    directory,
    entities: {
      appUrl: 'https://portal.example.com',
      owner: 'group:default/platform',
      tags: GroupTags.fromConfig(
        new ConfigReader({ berth: { keys: { encryptionSecret: SECRET } } }),
      ),
    },
    known: catalog,
    logger: silent,
    schedule,
  });
  await provider.connect(catalog);
  return async () => {
    await pass!();
  };
}

async function readAll(directory: DirectoryApi): Promise<void> {
  for (const pages of [
    directory.directoryClusters(),
    directory.directoryNamespaces(),
  ]) {
    for await (const page of pages) {
      if (page.length === 0) {
        throw new Error('A page is empty');
      }
    }
  }
}

async function change(knex: Knex, count: number, round: number) {
  for (let index = 0; index < count; index += 1) {
    await knex('namespaces')
      .where({ name: `${clusterName(0)}-ns-${index}` })
      .update({ purpose: `round ${round}` });
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
