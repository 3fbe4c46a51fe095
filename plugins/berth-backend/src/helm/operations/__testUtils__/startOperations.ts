import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { ClusterEntries } from '../../../access/ClusterEntries';
import { migrate } from '../../../database/migrate';
import { DatabaseClusterStore } from '../../../registry/DatabaseClusterStore';
import { ResourcesUnderTest } from '../../../resources/__testUtils__/ResourcesUnderTest';
import { ServedCharts } from '../../charts/__testUtils__/ServedCharts';
import {
  createHelmOperations,
  HelmOperations,
} from '../../createHelmOperations';

/** Gives the clusters of a `ResourcesUnderTest` their rows, to which those of operations refer. */
export async function registerClusters(
  database: Knex,
  clusters: Record<string, { apiServer: string; caPem: string }>,
): Promise<void> {
  await migrate(database);
  const store = DatabaseClusterStore.create(database);
  for (const [name, { apiServer, caPem }] of Object.entries(clusters)) {
    const { id } = await store.create({
      ...{ name, apiServer, caPem, connection: 'oidc' },
      ...{ usernamePrefix: '', groupsPrefix: '' },
    });
    await database('clusters')
      .where({ id })
      .update({ id: `id-of-${name}` });
  }
}

/** Starts the operations of a portal, and serves their routes. Everyone in the catalog has a user entity. */
export async function startOperations(
  portal: ResourcesUnderTest,
  {
    charts,
    database,
    enter,
    helm,
  }: {
    charts: ServedCharts;
    database: Knex;
    /** Enters a cluster in another way than `portal` does. */
    enter?: ClusterEntries['enter'];
    /** The configuration `berth.helm`. */
    helm: JsonObject;
  },
): Promise<HelmOperations> {
  const { auditor, entries } = portal.parts;
  const operations = await createHelmOperations({
    ...portal.parts,
    auditor: Object.assign(auditor, { actingAs: () => auditor }),
    auth: mockServices.auth(),
    authorizer: {
      prepare: () => {},
      require: async () => {},
      ask: async () => ({ result: AuthorizeResult.ALLOW }),
      recordedCredentials: () => ({}),
    },
    catalogPeople: {
      read: async (userRef: string) => ({
        ...{ userRef, uid: `uid-of-${userRef.split('/')[1]}` },
        ...{ admin: false, auditor: false },
      }),
    },
    charts,
    config: mockServices.rootConfig({ data: { berth: { helm } } }),
    configMapStorage: false,
    database,
    encryptionSecrets: ['a secret of at least thirty-two characters'],
    entries: {
      enter: enter ?? entries.enter.bind(entries),
      enterAll: entries.enterAll.bind(entries),
    },
    logger: mockServices.logger.mock(),
    metrics: metricsServiceMock.mock(),
    production: false,
    scheduler: mockServices.scheduler.mock(),
  } as never);
  portal.more = operations.router;
  operations.start();
  return operations;
}
