/**
 * People request namespaces, quotas and roles; rules or approvers decide; approved requests are provisioned.
 *
 * One submission goes through `router`, `service`, `validate`, `policy` and `store`. `model` has the states.
 *
 * @packageDocumentation
 */

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
import { Approvers } from './approvers';
import { RequestNotifier } from './notifier';
import { RequestPresenter } from './presenter';
import { Provisioner } from './provision';
import { createRequestsRouter } from './router';
import { RequestService } from './service';
import { readRequestSettings } from './settings';
import { RequestDatabase, TenancyIn } from './store';
import { RequestValidator } from './validate';

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
  onChange: () => void;
  scheduler: SchedulerService;
  shares: ShareStore;
  sizeClasses: SizeClass[];
  tenancyIn: TenancyIn;
}

/** Creates the parts for requests and schedules the provisioning of approved requests. */
export async function createRequests({
  database: knex,
  ...options
}: CreateRequestsOptions): Promise<Router> {
  const { config, scheduler, sizeClasses } = options;
  const settings = readRequestSettings(config, sizeClasses);
  const { rules } = settings;
  const database = new RequestDatabase(knex, options.tenancyIn);
  const { requests, tenancy } = database;
  const approvers = new Approvers({
    ...options,
    grants: tenancy.grants,
    kinds: settings.approvers,
    requests,
  });
  const notifier = new RequestNotifier(options);
  const provisioner = new Provisioner({
    ...options,
    database,
    notifier,
    timeoutMs: settings.provisioningTimeoutMs,
  });
  const service = new RequestService({
    approvers,
    database,
    notifier,
    provisioner,
    settings,
    sizeClasses,
    validator: new RequestValidator({ ...options, tenancy }),
  });
  const presenter = new RequestPresenter({
    approvers,
    clusters: options.clusters,
    database,
    rules,
  });
  // Runs on one replica at a time.
  await scheduler.scheduleTask({
    id: 'berth-request-provisioning',
    frequency: INTERVAL,
    timeout: TIMEOUT,
    fn: signal => provisioner.sweep(signal),
  });
  return createRequestsRouter({
    ...options,
    approvers,
    database,
    presenter,
    provisioner,
    service,
  });
}
