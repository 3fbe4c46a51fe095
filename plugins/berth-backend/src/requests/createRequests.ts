import {
  AuditorService,
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SizeClass } from '@berth/plugin-berth-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { ClusterAccess } from '../access/ClusterAccess';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { ActivityLog } from '../audit/types';
import { ClusterChanges, ClusterStore, ShareStore } from '../model/clusters';
import { NamespaceNameRules } from '../model/namespaceNames';
import { Approvers } from './Approvers';
import { RequestValidator } from './RequestValidator';
import { DatabaseRequests, TenancyIn } from './DatabaseRequests';
import { OtherApprovers } from './OtherApprovers';
import { Provisioner } from './Provisioner';
import { RequestService } from './RequestService';
import { RequestNotifier } from './RequestNotifier';
import { RequestPresenter } from './RequestPresenter';
import { RequestRoles } from './RequestRoles';
import { createRequestsRouter } from './router';
import { readRequestSettings } from './settings';

const INTERVAL = { seconds: 5 };
const TIMEOUT = { minutes: 2 };

export interface CreateRequestsOptions {
  access: ClusterAccess;
  activity: Pick<ActivityLog, 'record'>;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  auditor: AuditorService;
  auth: AuthService;
  authorizer: Authorizer;
  catalog: CatalogService;
  changes: ClusterChanges;
  clusters: ClusterStore;
  config: Config;
  database: Knex;
  logger: LoggerService;
  namespaceAccess: NamespaceAccess;
  names: NamespaceNameRules;
  notifications: NotificationService;
  /** Called when open pages can be out of date. */
  onNews: () => void;
  scheduler: SchedulerService;
  shares: ShareStore;
  sizeClasses: SizeClass[];
  tenancyIn: TenancyIn;
}

/** Puts the room together, and has what was approved looked after. */
export async function createRequests(
  options: CreateRequestsOptions,
): Promise<Router> {
  const { config, logger, notifications, scheduler, sizeClasses } = options;
  const settings = readRequestSettings(config, sizeClasses);
  const database = DatabaseRequests.create(options.database, options.tenancyIn);
  const { requests, tenancy } = database;
  const approvers = new Approvers({
    ...options,
    grants: tenancy.grants,
    kinds: settings.approvers,
  });
  const notifier = new RequestNotifier({ ...options, logger, notifications });
  const roles = new RequestRoles({ ...options, approvers, requests });
  const provisioner = new Provisioner({
    ...options,
    database,
    notifier,
    timeoutMs: settings.provisioningTimeoutMs,
  });
  const service = new RequestService({
    ...options,
    approvers,
    checker: new RequestValidator({ ...options, tenancy }),
    database,
    notifier,
    others: new OtherApprovers(options),
    provisioner,
    roles,
    settings,
    sizeClasses,
  });
  // Once for all replicas.
  await scheduler.scheduleTask({
    id: 'berth-request-provisioning',
    frequency: INTERVAL,
    timeout: TIMEOUT,
    fn: signal => provisioner.sweep(signal),
  });
  return createRequestsRouter({
    ...options,
    database,
    service,
    presenter: new RequestPresenter({
      approvers,
      database,
      rules: settings.rules,
    }),
    provisioner,
    roles,
  });
}
