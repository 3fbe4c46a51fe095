import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import request from 'supertest';
import { berthPlugin } from '../../plugin';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../../tenancy/DatabaseShareStore';
import { Laptop } from './Laptop';

const PORTAL = 'https://portal.example.com';
export const ISSUER = `${PORTAL}/api/oidc`;

export function person(
  name: string,
  groups: string[],
  uid = `uid-of-${name}`,
): Entity {
  return entity('User', name, groups, uid);
}

function entity(
  kind: string,
  name: string,
  groups: string[] = [],
  uid = `uid-of-${name}`,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid },
    relations: groups.map(of => ({
      type: 'memberOf',
      targetRef: `group:default/${of}`,
    })),
  };
}

function everyone(): Entity[] {
  return [
    person('ada', ['platform']),
    person('alice', ['team-a']),
    person('bob', ['team-b']),
    person('auditor', ['audit']),
    ...['platform', 'team-a', 'team-b', 'audit'].map(name =>
      entity('Group', name),
    ),
  ];
}

/** What a test changes around the portal. */
export interface World {
  entities: Entity[];
  /** Whether the catalog fails. */
  catalogAway: boolean;
  decide: (permission: string) => PolicyDecision;
}

export function createWorld(): World {
  return {
    entities: everyone(),
    catalogAway: false,
    decide: () => ({ result: AuthorizeResult.ALLOW }),
  };
}

export interface StartPortalOptions {
  kubectl?: object;
  onboarding?: object;
}

export type TestPortal = Awaited<ReturnType<typeof startPortal>>;

/** Starts a replica of the portal on a database. */
export async function startPortal(
  knex: Knex,
  world: World = createWorld(),
  { kubectl, onboarding }: StartPortalOptions = {},
) {
  const catalog = () => {
    if (world.catalogAway) {
      throw new Error('connect ECONNREFUSED 127.0.0.1:7007');
    }
    return catalogServiceMock({ entities: world.entities });
  };
  const decide = async (asked: { permission: { name: string } }[]) =>
    asked.map(({ permission }) => world.decide(permission.name)) as never;
  const notifications: object[] = [];
  const running = await startTestBackend({
    features: [
      berthPlugin,
      catalogServiceMock.mock({
        getEntitiesByRefs: async (asked, options) =>
          catalog().getEntitiesByRefs(asked, options),
        getEntityByRef: async (ref, options) =>
          catalog().getEntityByRef(ref, options),
      }).factory,
      mockServices.database.mock({ getClient: async () => knex }).factory,
      mockServices.permissions.mock({
        authorize: decide,
        authorizeConditional: decide,
      }).factory,
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            notifications.push(notification);
          },
        }),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: PORTAL },
          backend: { baseUrl: PORTAL },
          berth: {
            admins: ['group:default/platform'],
            auditors: ['group:default/audit'],
            keys: {
              encryptionSecret: 'a secret of at least thirty-two characters',
            },
            tokens: { requestsPerMinute: 10_000 },
            writes: { requestsPerMinute: 10_000 },
            ...(kubectl && { kubectl }),
            ...(onboarding && { onboarding }),
          } as never,
        },
      }),
    ],
  });
  const api = request(running.server);
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);

  const portal = {
    api,
    /** The address of the backend, which the test backend chooses. */
    url: `http://localhost:${running.server.port()}`,
    clusters,
    notifications,
    shares,
    stop: () => running.stop(),

    /** Calls a route as a person. */
    as: (name: string) => {
      const headers = {
        Authorization: mockCredentials.user.header(`user:default/${name}`),
      };
      return {
        get: (path: string) => api.get(`/api/berth${path}`).set(headers),
        post: (path: string, body?: object) =>
          api.post(`/api/berth${path}`).set(headers).send(body),
        delete: (path: string) => api.delete(`/api/berth${path}`).set(headers),
      };
    },

    /** Calls a session route with an assertion and no credentials of the portal. */
    session: (action: string, assertion: string) =>
      api
        .post(`/api/berth/kubectl/session/${action}`)
        .set({ Authorization: mockCredentials.none.header() })
        .send({ assertion }),

    share: async (clusterId: string, ...groups: string[]) => {
      const uids = Object.fromEntries(
        groups.map(of => [`group:default/${of}`, `uid-of-${of}`]),
      );
      await shares.replace(clusterId, Object.keys(uids), {}, { uids });
    },

    /** Adds a cluster that is shared with some groups. */
    addCluster: async (name: string, ...groups: string[]) => {
      const cluster = await clusters.create({
        name,
        apiServer: `https://${name}.example.com`,
        caPem: `the CA of ${name}`,
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      await portal.share(cluster.id, ...groups);
      return cluster.id;
    },

    /** Confirms a computer in the portal, and does not activate it. */
    connect: async (name: string, laptop: Laptop, computer = 'laptop-x') => {
      const answer = await portal
        .as(name)
        .post('/kubectl/devices', laptop.computer(computer));
      laptop.id = answer.body.id ?? '';
      return answer;
    },

    activate: async (laptop: Laptop, code: string) =>
      portal.session('activate', await laptop.sign('activate', { code })),

    /** Signs a computer in. */
    signIn: async (name: string, computer?: string) => {
      const laptop = await Laptop.create(ISSUER);
      const { body } = await portal.connect(name, laptop, computer);
      const { status, text } = await portal.activate(laptop, body.code);
      if (status !== 200) {
        throw new Error(`${name} could not sign in: ${text}`);
      }
      return laptop;
    },

    mint: async (laptop: Laptop, cluster: string, clusterId: string) =>
      portal.session(
        'credential',
        await laptop.sign('credential', { cluster, clusterId }),
      ),
  };
  return portal;
}
