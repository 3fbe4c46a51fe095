import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { Caller } from '../../access/Callers';
import { entitlementsOf } from '../../access/entitlementsOf';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../../tenancy/DatabaseShareStore';
import { DatabaseTenancy } from '../../tenancy/DatabaseTenancy';
import { DatabaseGroupNames } from '../../tenancy/DatabaseGroupNames';
import { NamespaceNames } from '../../tenancy/NamespaceNames';
import { Approvers } from '../approvers';
import { RequestNotifier } from '../notifier';
import { Provisioner } from '../provision';
import { RequestService } from '../service';
import { RequestRule } from '../settings';
import { RequestDatabase } from '../store';
import { RequestValidator } from '../validate';
import { people, SIZE_CLASSES, TEAM_A, TEAM_B } from './portal';

/** Creates a caller who is in some groups. */
export function caller(name: string, ...groups: string[]): Caller {
  const userRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userRef),
    person: {
      userRef,
      uid: `uid-of-${name}`,
      username: `user:${name}`,
      groups,
      memberships: groups.map(group => ({
        group,
        uid: `uid-of-${group.split('/')[1]}`,
        path: [group],
      })),
      admin: groups.includes('group:default/platform'),
      auditor: false,
    },
  };
}

export const UIDS = {
  [TEAM_A]: 'uid-of-team-a',
  [TEAM_B]: 'uid-of-team-b',
};

export const alice = caller('alice', TEAM_A);
export const olga = caller('olga');
export const ada = caller('ada', 'group:default/platform');

/** Fills a database with the cluster prod, shared with team-a and team-b, and team-a's namespace shop. */
export async function prepare(knex: Knex) {
  await migrate(knex);
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);
  const cluster = await clusters.create({
    name: 'prod',
    apiServer: 'https://k8s.example.com',
    caPem: 'the CA',
    connection: 'oidc',
    usernamePrefix: '',
    groupsPrefix: '',
  });
  await shares.replace(cluster.id, [TEAM_A, TEAM_B], {}, { uids: UIDS });
  const { tenancy } = new RequestDatabase(knex, DatabaseTenancy.create);
  const shop = { clusterId: cluster.id, name: 'shop' };
  await tenancy.namespaces.create({ ...shop, owner: TEAM_A });
  await tenancy.grants.replace(
    shop,
    [{ group: TEAM_A, uid: 'uid-of-team-a', role: 'edit' }],
    'user:default/ada',
  );
  return { cluster, clusters, shares, shop };
}

/** Creates one of several backends that share a database. */
export function replica(
  knex: Knex,
  {
    rules = [],
    now,
    catalog = catalogServiceMock({ entities: people() }),
  }: {
    rules?: RequestRule[];
    now?: () => Date;
    catalog?: ReturnType<typeof catalogServiceMock>;
  } = {},
) {
  const database = new RequestDatabase(knex, DatabaseTenancy.create);
  const { requests, tenancy } = database;
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const authorizer = { require: async () => {} };
  const sent: { recipients: object; payload: { title: string } }[] = [];
  const changed: string[] = [];
  const changes: string[] = [];
  const recorded: { event: string; outcome: string }[] = [];
  const sizeClasses = SIZE_CLASSES.map(one => ({ ...one, limits: [] }));
  const notifier = new RequestNotifier({
    auth,
    catalog,
    logger,
    notifications: {
      send: async notification => {
        sent.push(notification as never);
      },
    },
  });
  const approvers = new Approvers({
    auth,
    authorizer,
    requests,
    catalog,
    adminGroups: new Set(['group:default/platform']),
    grants: tenancy.grants,
    kinds: ['owners', 'admins'],
  });
  const provisioner = new Provisioner({
    activity: {
      record: async activity => {
        recorded.push(activity);
      },
    },
    auth,
    catalog,
    changes: { recorded: id => changed.push(id) },
    clusters,
    database,
    logger,
    notifier,
    onChange: () => changes.push('changed'),
    shares,
    sizeClasses,
    timeoutMs: 30 * 60_000,
    now,
  });
  const clusterNamed = async (name: string) => {
    const cluster = await clusters.get(name);
    if (!cluster) {
      throw new NotFoundError(`There is no cluster ${name}`);
    }
    return cluster;
  };
  const names = new NamespaceNames({
    auth,
    catalog,
    // A cluster that has no namespaces yet.
    connect: () => ({ get: async () => undefined } as never),
    groupNames: DatabaseGroupNames.create(knex),
    namespaces: tenancy.namespaces,
  });
  const service = new RequestService({
    approvers,
    validator: new RequestValidator({
      clusters,
      access: {
        get: async (_, name) => ({
          cluster: await clusterNamed(name),
          shares: [],
        }),
      },
      authorizer,
      catalog,
      namespaceAccess: {
        get: async ({ person }, clusterName, name) => {
          const cluster = await clusterNamed(clusterName);
          const key = { clusterId: cluster.id, name };
          const namespace = await tenancy.namespaces.get(key);
          if (!namespace) {
            throw new NotFoundError(`There is no namespace ${name}`);
          }
          const all = await tenancy.grants.listByNamespaces([key]);
          const grants = person.admin ? all : entitlementsOf(person, all);
          if (grants.length === 0 && !person.admin) {
            throw new NotFoundError(`There is no namespace ${name}`);
          }
          return { cluster, namespace, grants, shares: [] };
        },
      },
      names,
      shares,
      sizeClasses,
      tenancy,
    }),
    database,
    notifier,
    provisioner,
    settings: { rules, openPerPerson: 50 },
    sizeClasses,
    now,
  });
  return {
    changed,
    database,
    service,
    logger,
    changes,
    provisioner,
    recorded,
    sent,
  };
}

/** Reports what the reconciler reports when the cluster has the desired state. */
export async function reconciled(knex: Knex): Promise<void> {
  const ready = { state: 'Ready', cause: null, message: null };
  await knex('namespaces').update({ ...ready, phase: 'Active', uid: 'u1' });
  await knex('grants').update(ready);
  await knex('quotas').update(ready);
}
