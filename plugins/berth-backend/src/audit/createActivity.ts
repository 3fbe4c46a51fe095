import {
  AuditorService,
  HttpAuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Knex } from 'knex';
import { PersonResolver, UserCredentials } from '../access/types';
import { ClusterStore } from '../model/clusters';
import { GrantStore, NamespaceStore } from '../model/tenancy';
import { ActivityAuditor } from './ActivityAuditor';
import { DatabaseActivityLog } from './DatabaseActivityLog';
import { scheduleForgetting } from './retention';

export interface CreateActivityOptions {
  auditor: AuditorService;
  clusters: Pick<ClusterStore, 'get'>;
  config: Config;
  database: Knex;
  grants: Pick<GrantStore, 'holders' | 'list'>;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  namespaces: Pick<NamespaceStore, 'get'>;
  people: PersonResolver;
  scheduler: SchedulerService;
}

/** The activity log, and the auditor of all routes, which writes into it. */
export async function createActivity({
  auditor,
  clusters,
  config,
  database,
  grants,
  httpAuth,
  logger,
  namespaces,
  people,
  scheduler,
}: CreateActivityOptions) {
  const activity = DatabaseActivityLog.create(database, {
    holders: groups => grants.holders(groups),
  });
  await scheduleForgetting(scheduler, activity, config, logger);
  const routeAuditor = ActivityAuditor.create({
    auditor,
    activity,
    httpAuth,
    logger,
    clusterId: async name => (await clusters.get(name))?.id,
    groupsOf: async (clusterId, name) => {
      const key = { clusterId, name };
      const namespace = await namespaces.get(key);
      const held = await grants.list(key);
      return [
        ...(namespace?.owner === undefined ? [] : [namespace.owner]),
        ...held.map(({ group }) => group),
      ];
    },
    person: async credentials => {
      const { principal } = credentials as UserCredentials;
      return principal.type === 'user'
        ? people.resolve(credentials as UserCredentials).catch(() => undefined)
        : undefined;
    },
  });
  return { activity, routeAuditor };
}
