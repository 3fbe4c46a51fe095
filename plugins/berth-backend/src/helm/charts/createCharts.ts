import {
  AuditorService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { Router } from 'express';
import { Knex } from 'knex';
import { ClusterAccess } from '../../access/ClusterAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import { ArchiveCache } from './ArchiveCache';
import { ChartFiles } from './ChartFiles';
import { DatabaseChartStore } from './DatabaseChartStore';
import { RepositoryClient } from './RepositoryClient';
import { RepositoryRefresher } from './RepositoryRefresher';
import { createChartsRouter } from './router';
import { ChartSettings, readChartSettings } from './settings';

const FIRST_REFRESH_MS = 5_000;
const REFRESH_TIMEOUT_MINUTES = 30;
/** The part of the interval by which replicas and portals differ, so that they do not all call at the same time. */
const JITTER = 0.1;

export interface ChartsOptions {
  access: ClusterAccess;
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  authorizer: Authorizer;
  config: Config;
  database: Knex;
  lifecycle: LifecycleService;
  logger: LoggerService;
  production: boolean;
  scheduler: SchedulerService;
}

export interface Charts {
  files: ChartFiles;
  router: Router;
}

/** Creates the catalogue of charts: the routes, and the schedule that refreshes repositories. */
export async function createCharts(options: ChartsOptions): Promise<Charts> {
  const { config, database, lifecycle, logger, scheduler } = options;
  const settings = readChartSettings(config, options);
  const { httpOnLoopback, maxIndexBytes, repositories } = settings;
  const store = DatabaseChartStore.create(database);
  await store.setRepositories(repositories);
  const client = new RepositoryClient({
    policy: options.addressPolicy,
    httpOnLoopback,
  });
  const archives = new ArchiveCache();
  lifecycle.addShutdownHook(() => archives.close());
  const files = new ChartFiles({ archives, client, store });
  const refresher = new RepositoryRefresher({
    client,
    logger,
    maxIndexBytes,
    store,
  });
  if (repositories.length > 0) {
    await scheduleRefresh(scheduler, refresher, settings);
  }
  const { access, auditor, authorizer } = options;
  return {
    files,
    router: createChartsRouter({
      access,
      auditor,
      authorizer,
      files,
      refresher,
      repositories,
      store,
    }),
  };
}

/** One replica at a time refreshes the repositories. */
async function scheduleRefresh(
  scheduler: SchedulerService,
  refresher: RepositoryRefresher,
  { refreshIntervalMs, repositories }: ChartSettings,
): Promise<void> {
  const jitter = 1 + JITTER * (2 * Math.random() - 1);
  await scheduler.scheduleTask({
    id: 'berth-chart-repositories',
    scope: 'global',
    frequency: { milliseconds: Math.round(refreshIntervalMs * jitter) },
    initialDelay: { milliseconds: FIRST_REFRESH_MS },
    timeout: { minutes: REFRESH_TIMEOUT_MINUTES },
    fn: async signal => {
      for (const repository of repositories) {
        if (!signal.aborted) {
          await refresher.refresh(repository);
        }
      }
    },
  });
}
