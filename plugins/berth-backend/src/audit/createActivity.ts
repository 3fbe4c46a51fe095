import {
  AuditorService,
  HttpAuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Request } from 'express';
import { Knex } from 'knex';
import { Person } from '../model/people';
import { ClusterStore } from '../model/clusters';
import {
  GrantStore,
  NamespaceStore,
  PersonalNamespaceStore,
} from '../model/tenancy';
import { ActivityAuditor } from './ActivityAuditor';
import { DatabaseActivityLog } from './DatabaseActivityLog';
import { scheduleRetention } from './retention';

export interface CreateActivityOptions {
  auditor: AuditorService;
  callers: {
    identified(request: Request): string | undefined;
    of(request: Request): Promise<{ person: Person }>;
  };
  clusters: Pick<ClusterStore, 'get'>;
  config: Config;
  database: Knex;
  grants: Pick<GrantStore, 'groupIdentities' | 'list'>;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  namespaces: Pick<NamespaceStore, 'get'>;
  personal: Pick<PersonalNamespaceStore, 'get'>;
  scheduler: SchedulerService;
}

/** Creates the activity log, and the auditor of all routes, which writes into the log. */
export async function createActivity({
  auditor,
  callers,
  clusters,
  config,
  database,
  grants,
  httpAuth,
  logger,
  namespaces,
  personal,
  scheduler,
}: CreateActivityOptions) {
  const activity = DatabaseActivityLog.create(database, {
    groupIdentities: groups => grants.groupIdentities(groups),
  });
  await scheduleRetention(scheduler, activity, config, logger);
  const routeAuditor = ActivityAuditor.create({
    auditor,
    activity,
    httpAuth,
    logger,
    clusterId: async name => (await clusters.get(name))?.id,
    holdersOf: async (clusterId, name) => {
      const key = { clusterId, name };
      const namespace = await namespaces.get(key);
      const grantGroups = (await grants.list(key)).map(({ group }) => group);
      if (namespace?.origin === 'personal') {
        const person = await personal.get(key);
        return {
          groups: grantGroups,
          ...(person && { owner: { user: person.user, uid: person.userUid } }),
        };
      }
      const { owner } = namespace ?? {};
      return {
        groups: [...(owner === undefined ? [] : [owner]), ...grantGroups],
      };
    },
    identified: request => callers.identified(request),
    person: request =>
      callers.of(request).then(
        ({ person }) => person,
        () => undefined,
      ),
  });
  return { activity, routeAuditor };
}
