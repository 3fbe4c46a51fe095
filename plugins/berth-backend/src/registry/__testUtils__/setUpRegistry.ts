import express from 'express';
import request from 'supertest';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  CheckRun,
  CheckTrigger,
  LeftoverResourceList,
  LeftoverResource,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { Callers } from '../../access/Callers';
import { ClusterAccess } from '../../access/ClusterAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import { PersonResolver } from '../../model/people';
import { migrate } from '../../database/migrate';
import { jsonBody } from '../../http/controlCharacters';
import {
  AddressPolicy,
  KubeClient,
  KubeClientFactory,
  KubeObject,
} from '../../kube';
import { connectToClusters } from '../connection/connectToClusters';
import { DatabaseCredentialStore } from '../connection/DatabaseCredentialStore';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { DatabaseShareStore } from '../../tenancy/DatabaseShareStore';
import { DatabaseCheckRunStore } from '../doctor/DatabaseCheckRunStore';
import { ClusterIdentity } from '../ClusterIdentity';
import {
  ClusterRecord,
  LeftoverResources,
  ProbeResult,
} from '../../model/clusters';
import { testCipher, testStrategies } from './testStrategies';
import { createRegistryRouter } from '../router/createRegistryRouter';

export const registryAdmin = {
  userRef: 'user:default/ada',
  username: 'user:ada',
  groups: ['group:default/platform'],
  memberships: [
    { group: 'group:default/platform', path: ['group:default/platform'] },
  ],
  admin: true,
  auditor: false,
};

function group(name: string, namespace = 'default'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace },
  };
}

function never(): never {
  throw new Error('No decision is conditional here');
}

/** Creates the router with a database and one cluster, *prod01*, and with mocks of the callers, the catalog and the clusters. */
export async function setUpRegistry(knex: Knex, caData: string) {
  await migrate(knex);
  const credentials = DatabaseCredentialStore.create(knex, testCipher());
  const clusters = DatabaseClusterStore.create(knex, credentials);
  const shares = DatabaseShareStore.create(knex);
  const resolve: jest.MockedFn<PersonResolver['resolve']> = jest.fn();
  resolve.mockResolvedValue(registryAdmin);
  const catalog = catalogServiceMock({
    entities: [
      group('team-a'),
      group('team-a', 'acme'),
      group('team-b'),
      group('Team_C'),
    ],
  });
  const audit: { event: string; meta?: object; error?: Error }[] = [];
  const changed = jest.fn();
  const recorded = jest.fn();
  const requested = jest.fn();
  const probe = jest.fn<Promise<ProbeResult>, [string]>();
  const examine = jest.fn<Promise<CheckRun>, [string, CheckTrigger]>();
  const version = jest.fn<ReturnType<KubeClient['version']>, []>();
  const get = jest.fn<Promise<KubeObject | undefined>, []>();
  const review = jest.fn<Promise<object>, []>();
  const clients: KubeClientFactory = {
    create: () =>
      ({ version, get, review } as Partial<KubeClient> as KubeClient),
    close: async () => {},
  };
  const strategies = testStrategies(clients);
  const leftoverResources = {
    list: jest.fn<Promise<LeftoverResourceList>, [ClusterRecord]>(),
    cleanUp: jest.fn<
      Promise<LeftoverResource[]>,
      Parameters<LeftoverResources['cleanUp']>
    >(),
  };

  const allow = { result: AuthorizeResult.ALLOW } as const;
  const app = express();
  app.use(jsonBody());
  app.use(
    createRegistryRouter({
      access: new ClusterAccess({
        authorizer: new Authorizer({
          permissions: mockServices.permissions.mock({
            authorize: async requests => requests.map(() => allow),
            authorizeConditional: async requests => requests.map(() => allow),
          }),
          permissionsRegistry: mockServices.permissionsRegistry.mock({
            getPermissionRuleset: () => ({ getRuleByName: () => never() }),
          }),
        }),
        clusters,
        callers: new Callers({
          httpAuth: mockServices.httpAuth(),
          people: { resolve },
        }),
        reads: {
          get: name => clusters.get(name),
          sharesOf: id => shares.list(id),
        },
        shares,
      }),
      addressPolicy: AddressPolicy.create(),
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => ({
          success: async more => {
            audit.push({
              event: `${eventId} success`,
              meta: { ...meta, ...more?.meta },
            });
          },
          fail: async ({ error }) => {
            audit.push({ event: `${eventId} fail`, meta, error });
          },
        }),
      }),
      catalog,
      changes: { changed, recorded },
      clients,
      clusters,
      credentials,
      identity: ClusterIdentity.create({
        clients,
        clusters,
        connect: connectToClusters({ clients, credentials, strategies }),
        credentials,
        strategies,
        logger: mockServices.logger.mock(),
      }),
      issuer: 'https://portal.example.com/api/oidc',
      checkRuns: DatabaseCheckRunStore.create(knex),
      doctor: { run: examine },
      onboarding: { algorithm: 'RS256', pullSecrets: [] },
      probes: { request: requested, probe },
      proxy: true,
      leftovers: leftoverResources,
      shares,
      strategies,
    }),
  );
  app.use(
    MiddlewareFactory.create({
      config: mockServices.rootConfig(),
      logger: mockServices.logger.mock(),
    }).error(),
  );
  const api = request(app);
  const { body: cluster } = await api.post('/clusters').send({
    name: 'prod01',
    apiServer: 'https://k8s.example.com',
    caData,
  });
  return {
    api,
    audit,
    catalog,
    changed,
    recorded,
    cluster,
    clusters,
    get,
    knex,
    probe,
    examine,
    leftoverResources,
    review,
    requested,
    resolve,
    version,
  };
}
