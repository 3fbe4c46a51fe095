import {
  AuditorService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { toError } from '@backstage/errors';
import { HelmChartReference } from '@berth/plugin-berth-common';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { Router } from 'express';
import { Knex } from 'knex';
import { ClusterAccess } from '../../access/ClusterAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import { KeyCipher } from '../../crypto/KeyCipher';
import { readValuePresets } from '../values/presets';
import { ArchiveCache } from './ArchiveCache';
import { ChartFiles, RepositoryChart } from './ChartFiles';
import { createChartSources } from './chartSources';
import { DatabaseChartStore } from './DatabaseChartStore';
import { Signatures, VerifiesCharts } from './provenance';
import { RepositoryBook } from './RepositoryBook';
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
  /** The first encrypts, all decrypt. */
  encryptionSecrets: string[];
  lifecycle: LifecycleService;
  logger: LoggerService;
  production: boolean;
  scheduler: SchedulerService;
  /** Creates what verifies signatures; absent in a portal without helm. */
  verifier?: () => Promise<VerifiesCharts>;
}

export interface Charts {
  /**
   * Opens a version of a chart for helm.
   *
   * @throws NotFoundError for an unknown repository; the errors of `ChartFiles.chart`
   */
  open(
    reference: HelmChartReference,
    signal: AbortSignal,
  ): Promise<RepositoryChart>;
  router: Router;
}

/** Creates the catalogue of charts: the routes, and the schedule that refreshes repositories. */
export async function createCharts(options: ChartsOptions): Promise<Charts> {
  const { config, database, lifecycle, logger, scheduler } = options;
  const settings = readChartSettings(config, options);
  const { httpOnLoopback, maxIndexBytes } = settings;
  const store = DatabaseChartStore.create(database);
  const repositories = await RepositoryBook.open({
    knex: database,
    cipher: KeyCipher.fromSecrets({
      secrets: options.encryptionSecrets,
      production: options.production,
      purpose: 'berth chart repositories',
    }),
    configured: settings.repositories,
    httpOnLoopback,
  });
  const client = new RepositoryClient({
    policy: options.addressPolicy,
    httpOnLoopback,
  });
  const archives = new ArchiveCache();
  lifecycle.addShutdownHook(() => archives.close());
  const sourceOf = createChartSources(client, maxIndexBytes);
  const signatures = new Signatures(options.verifier);
  const files = new ChartFiles({ archives, signatures, sourceOf, store });
  const refresher = new RepositoryRefresher({ logger, sourceOf, store });
  /** One repository that cannot be refreshed does not keep the others from it. */
  const refreshOne = async (name: string) => {
    try {
      await refresher.refresh(await repositories.get(name));
    } catch (error) {
      logger.error(`The chart repository ${name} failed`, toError(error));
    }
  };
  await scheduleRefresh(scheduler, settings, async signal => {
    for (const { name } of await repositories.addresses()) {
      if (!signal.aborted) {
        await refreshOne(name);
      }
    }
  });
  const { access, auditor, authorizer } = options;
  return {
    open: async ({ repository, name, version }, signal) =>
      files.chart(
        {
          repository: await repositories.get(repository),
          chart: name,
          version,
        },
        signal,
      ),
    router: createChartsRouter({
      access,
      auditor,
      authorizer,
      files,
      httpOnLoopback,
      presets: readValuePresets(config),
      refresher,
      repositories,
      store,
    }),
  };
}

/** One replica at a time refreshes the repositories. */
async function scheduleRefresh(
  scheduler: SchedulerService,
  { refreshIntervalMs }: ChartSettings,
  refreshAll: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const jitter = 1 + JITTER * (2 * Math.random() - 1);
  await scheduler.scheduleTask({
    id: 'berth-chart-repositories',
    scope: 'global',
    frequency: { milliseconds: Math.round(refreshIntervalMs * jitter) },
    initialDelay: { milliseconds: FIRST_REFRESH_MS },
    timeout: { minutes: REFRESH_TIMEOUT_MINUTES },
    fn: refreshAll,
  });
}
