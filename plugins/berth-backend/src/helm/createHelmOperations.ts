import {
  AuditorService,
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Config } from '@backstage/config';
import { NotImplementedError } from '@backstage/errors';
import { HelmWriting } from '@berth/plugin-berth-common';
import { Router } from 'express';
import { Knex } from 'knex';
import pLimit from 'p-limit';
import { CatalogPersonResolver } from '../access/CatalogPersonResolver';
import { Authorizer } from '../access/permissions/Authorizer';
import { readRetention } from '../audit/retention';
import { KeyCipher } from '../crypto/KeyCipher';
import { KubeGateway, PersonClients } from '../kube';
import { createHelmParts } from './helmParts';
import { createOperationRouter } from './operationRouter';
import { DatabaseOperationStore } from './operations/DatabaseOperationStore';
import { OperationAccess } from './operations/OperationAccess';
import {
  OperationDesk,
  OperationDeskOptions,
} from './operations/OperationDesk';
import { OperationMetrics } from './operations/OperationMetrics';
import { OperationRun } from './operations/OperationRun';
import { ReadyPlaces } from './operations/ReadyPlaces';
import { OperationViews } from './operations/OperationViews';
import { digestKeyOf } from './previews/digest';
import { Previews } from './previews/Previews';
import { OpensCharts, PreparesPreviews } from './previews/types';
import { Promotion } from './promotion/Promotion';
import { readPromotionRules } from './promotion/readPromotionRules';
import { HelmRunner, HelmRuns } from './runner';
import { HelmWriteSettings, readHelmWriteSettings } from './settings';
import { HelmOptions } from './types';

const RUNNING_PER_PERSON = 2;
/** Operations of a replica that wait until objects are ready. */
const MOST_WAITING = 40;
const MOST_WAITING_OF_PERSON = 8;

/** What runs helm, and what it says about itself. */
interface HelmProgram {
  previews: PreparesPreviews;
  runner: HelmRuns & { close(): Promise<void> };
  writing: HelmWriting;
}

export interface CreateHelmOperationsOptions
  extends Omit<HelmOptions, 'auditor' | 'clients'> {
  auditor: AuditorService & {
    /** Returns an auditor for a person who is absent. */
    actingAs(userRef: string): AuditorService;
  };
  auth: AuthService;
  authorizer: Authorizer;
  /** Reads people in the catalog as it is now. */
  charts: OpensCharts;
  catalogPeople: CatalogPersonResolver;
  clients: PersonClients & KubeGateway;
  config: Config;
  database: Knex;
  /** The first encrypts, all decrypt. */
  encryptionSecrets: string[];
  logger: LoggerService;
  metrics: MetricsService;
  /** The places of previews, which the checks of signatures share. */
  previewPlaces: pLimit.Limit;
  production: boolean;
  scheduler: SchedulerService;
  /** Of the desk, for tests. */
  times?: OperationDeskOptions['times'];
}

/** The operations on releases of a portal. */
export interface HelmOperations {
  router: Router;
  start(): void;
  /** Starts no more operations, ends those that run, and waits for their ends. */
  stop(): Promise<void>;
}

/** Creates what changes releases. */
export async function createHelmOperations(
  options: CreateHelmOperationsOptions,
): Promise<HelmOperations> {
  const { auditor, config, encryptionSecrets, logger, production } = options;
  const settings = readHelmWriteSettings(config);
  const digestKey = digestKeyOf(encryptionSecrets[0]);
  const { previews, runner, writing } = await createProgram(
    options,
    settings,
    digestKey,
  );
  const parts = createHelmParts(options);
  const store = DatabaseOperationStore.create(options.database, {
    cipher: KeyCipher.fromSecrets({
      secrets: encryptionSecrets,
      production,
      purpose: 'berth helm operations',
    }),
    limits: { runningPerPerson: RUNNING_PER_PERSON },
  });
  const access = new OperationAccess({
    ...options,
    people: options.catalogPeople,
  });
  const readyPlaces = new ReadyPlaces(MOST_WAITING, MOST_WAITING_OF_PERSON);
  const desk = new OperationDesk({
    concurrency: settings.concurrency,
    createRun: (operation, claim) =>
      new OperationRun(operation, claim, {
        access,
        auditorOf: userRef => auditor.actingAs(userRef),
        logger,
        ...(settings.readyMs > 0 && {
          ready: { timeoutMs: settings.readyMs, places: readyPlaces },
        }),
        releases: parts,
        runner,
        store,
        timeoutMs: settings.operationTimeoutMs,
      }),
    logger,
    metrics: OperationMetrics.create(options.metrics),
    store,
    times: options.times,
  });
  await scheduleRetention(options, store);
  return {
    router: createOperationRouter({
      ...parts,
      authorizer: options.authorizer,
      desk,
      operationAccess: access,
      previews,
      promotion: new Promotion(parts, readPromotionRules(config)),
      requestKey: digestKey,
      store,
      views: new OperationViews({ ...options, store }),
      writing,
    }),
    start: () => desk.start(),
    stop: async () => {
      await desk.stop();
      await runner.close();
    },
  };
}

/** Without helm, releases can only be read. */
async function createProgram(
  { charts, clients, deny, logger, previewPlaces }: CreateHelmOperationsOptions,
  { binary, concurrency, historyMax, sandbox }: HelmWriteSettings,
  digestKey: Buffer,
): Promise<Omit<HelmProgram, 'previews'> & Partial<HelmProgram>> {
  if (binary === undefined) {
    const reason =
      'The portal has no helm, so releases can only be read. A platform admin can install Helm 4.1.4 or later, and set berth.helm.binary to its path';
    return {
      runner: {
        run: async () => {
          throw new NotImplementedError(reason);
        },
        close: async () => {},
      },
      writing: { writable: false, reason },
    };
  }
  const runner = await HelmRunner.create({
    ...{ binary, concurrency, deny, previewPlaces, sandbox },
    gateway: clients,
  });
  const missing = runner.missing.join(' and ');
  if (missing !== '') {
    logger.warn(
      `helm runs with fewer bounds, because this computer has no ${missing} of util-linux`,
    );
  }
  return {
    previews: new Previews({ charts, runner, digestKey, historyMax }),
    runner,
    writing: {
      writable: true,
      version: runner.version,
      sandbox:
        missing === ''
          ? 'Bounds of memory, processor time, files and rights'
          : `Fewer bounds, because the computer of the portal has no ${missing}`,
    },
  };
}

async function scheduleRetention(
  { config, logger, scheduler }: CreateHelmOperationsOptions,
  store: DatabaseOperationStore,
): Promise<void> {
  const retention = readRetention(config);
  await scheduler.scheduleTask({
    id: 'berth-helm-operations',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 15 },
    fn: async signal => {
      const before = new Date(Date.now() - retention);
      const deleted = await store.deleteBefore(before, signal);
      if (deleted > 0) {
        logger.info(
          `Deleted ${deleted} operations on Helm releases from before ${before.toISOString()}`,
        );
      }
    },
  });
}
