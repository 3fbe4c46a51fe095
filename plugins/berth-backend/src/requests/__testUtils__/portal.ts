import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { RequestSpec } from '@berth/plugin-berth-common';
import createKnex from 'knex';
import request from 'supertest';
import { berthPlugin } from '../../plugin';

export const TEAM_A = 'group:default/team-a';
export const TEAM_B = 'group:default/team-b';
export const TEAM_C = 'group:default/team-c';

type Method = 'get' | 'patch' | 'post' | 'put';

function entity(
  kind: string,
  name: string,
  type: string,
  groups: string[],
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid: `uid-of-${name}`, annotations },
    relations: groups.map(target => ({
      type,
      targetRef: `group:default/${target}`,
    })),
  };
}

const user = (name: string, ...groups: string[]) =>
  entity('User', name, 'memberOf', groups);

const ownedBy = (refs: string) => ({ 'berth.dev/approvers': refs });

/**
 * alice and amy are in team-a, whose owner is olga, who is in no group; bob is in team-b, whose owners are the group
 * leads with the only member lea; carl is in team-c, with which no cluster is shared.
 */
export function people(): Entity[] {
  return withMembers([
    user('ada', 'platform'),
    user('alice', 'team-a'),
    user('amy', 'team-a'),
    user('olga'),
    user('bob', 'team-b'),
    user('lea', 'leads'),
    user('carl', 'team-c'),
    user('nobody'),
    entity('Group', 'platform', 'childOf', []),
    entity('Group', 'team-a', 'childOf', [], ownedBy('user:default/olga')),
    entity('Group', 'team-b', 'childOf', [], ownedBy('leads, nonsense:x:y')),
    entity('Group', 'team-c', 'childOf', []),
    entity('Group', 'leads', 'childOf', []),
    entity('System', 'sales', 'partOf', []),
  ]);
}

/** The catalog has each relation in both directions. */
export function withMembers(entities: Entity[]): Entity[] {
  return entities.map(one => ({
    ...one,
    relations: [
      ...(one.relations ?? []),
      ...entities
        .filter(({ relations = [] }) =>
          relations.some(
            ({ type, targetRef }) =>
              type === 'memberOf' && targetRef === stringifyEntityRef(one),
          ),
        )
        .map(member => ({
          type: 'hasMember',
          targetRef: stringifyEntityRef(member),
        })),
    ],
  }));
}

export const SIZE_CLASSES = [
  { name: 'small', hard: { 'requests.cpu': '2', 'requests.memory': '4Gi' } },
  { name: 'large', hard: { 'requests.cpu': '32', 'requests.memory': '64Gi' } },
];

export interface PortalOptions {
  requests?: object;
  entities?: Entity[];
  /** Permissions that the policy denies. */
  denied?: () => string[];
  send?: jest.Mock;
  personalNamespaces?: object[];
}

/** A portal with the cluster prod, shared with team-a and team-b, and the namespace shop of team-a. */
export async function startPortal(
  sandbox: SandboxCluster,
  {
    requests,
    personalNamespaces,
    entities = people(),
    denied = () => [],
    send,
  }: PortalOptions = {},
) {
  const sent = send ?? jest.fn(async () => {});
  const events: { eventId: string; status?: string; meta?: object }[] = [];
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  await knex.raw('PRAGMA foreign_keys = ON');
  const backend = await startTestBackend({
    features: [
      berthPlugin,
      // With its routes, which the mock does not have.
      actionsRegistryServiceFactory,
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: sent }),
      }),
      mockServices.auditor.mock({
        createEvent: async options => ({
          success: async (more = {}) => {
            events.push({ ...options, ...more, status: 'succeeded' });
          },
          fail: async () => {
            events.push({ ...options, status: 'failed' });
          },
        }),
      }).factory,
      mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(({ permission }) => ({
            result: denied().includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
        authorizeConditional: async queries =>
          queries.map(() => ({ result: AuthorizeResult.ALLOW })) as never,
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'https://portal.example.com' },
          berth: {
            admins: ['group:default/platform'],
            keys: {
              encryptionSecret: 'a secret of at least thirty-two characters',
            },
            allowedAddresses: ['127.0.0.0/8'],
            sizeClasses: SIZE_CLASSES,
            ...(requests && { requests }),
            ...(personalNamespaces && { personalNamespaces }),
          },
        },
      }),
    ],
  });
  const call = (
    person: string | undefined,
    method: Method,
    path: string,
    body?: object,
  ) => {
    const requested = request(backend.server)
      [method](`/api/berth${path}`)
      .set(
        person === undefined
          ? { Authorization: mockCredentials.none.header() }
          : {
              Authorization: mockCredentials.user.header(
                `user:default/${person}`,
              ),
            },
      );
    return body === undefined ? requested : requested.send(body);
  };
  await call('ada', 'post', '/clusters', {
    name: 'prod',
    apiServer: sandbox.apiServer,
    caData: sandbox.caPem,
    labels: { environment: 'dev' },
  });
  await call('ada', 'put', '/clusters/prod/shares', {
    groups: [TEAM_A, TEAM_B],
  });
  await call('ada', 'post', '/clusters/prod/namespaces', {
    name: 'shop',
    owner: TEAM_A,
    grants: [{ group: TEAM_A, role: 'edit' }],
    quota: { hard: { 'requests.cpu': '1' } },
  });
  return {
    backend,
    call,
    events,
    sent,
    spec: (person: string, body: object) =>
      call(person, 'post', '/requests', body),
    database: () => knex,
    stop: async () => {
      await backend.stop();
      await knex.destroy();
    },
  };
}

export type TestPortal = Awaited<ReturnType<typeof startPortal>>;

export function namespaceSpec(more: object = {}): RequestSpec {
  return {
    kind: 'namespace',
    cluster: 'prod',
    namespace: 'billing',
    group: TEAM_A,
    quota: { sizeClass: 'small' },
    ...more,
  } as RequestSpec;
}

export function quotaSpec(more: object = {}): RequestSpec {
  return {
    kind: 'quota',
    cluster: 'prod',
    namespace: 'shop',
    quota: { hard: { 'requests.cpu': '3' } },
    ...more,
  } as RequestSpec;
}

export function grantSpec(more: object = {}): RequestSpec {
  return {
    kind: 'grant',
    cluster: 'prod',
    namespace: 'shop',
    group: TEAM_B,
    role: 'view',
    ...more,
  } as RequestSpec;
}
