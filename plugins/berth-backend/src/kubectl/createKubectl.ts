import {
  AuditorService,
  AuthService,
  DiscoveryService,
  HttpRouterService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { RequestHandler, Router } from 'express';
import { Knex } from 'knex';
import { Caller, Callers } from '../access/Callers';
import { CatalogPersonResolver } from '../access/CatalogPersonResolver';
import { ClusterAccess } from '../access/ClusterAccess';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { TokenService } from '../access/types';
import { ActivityLog } from '../audit/types';
import { CliFiles } from './cliFiles';
import { createCliRouter } from './cliRouter';
import { DatabaseDeviceStore } from './DatabaseDeviceStore';
import { DeviceNotifier } from './DeviceNotifier';
import { createDevicesRouter } from './devicesRouter';
import { DeviceSessions } from './DeviceSessions';
import { createKubeconfigRouter } from './kubeconfigRouter';
import { KubectlClusters } from './KubectlClusters';
import { computerOf } from './presentDevice';
import { createSessionRouter } from './sessionRouter';
import { readKubectlSettings } from './settings';
import { DeviceStore } from './types';

const KEEP_PENDING_MS = 10 * 60_000;
const KEEP_ENDED_MS = 30 * 24 * 60 * 60_000;

export interface CreateKubectlOptions {
  access: ClusterAccess;
  activity: Pick<ActivityLog, 'record'>;
  auditor: AuditorService;
  auth: AuthService;
  authorizer: Authorizer;
  callers: Callers;
  catalog: CatalogService;
  catalogPeople: CatalogPersonResolver;
  config: Config;
  database: Knex;
  discovery: DiscoveryService;
  httpRouter: HttpRouterService;
  issuer: string;
  logger: LoggerService;
  namespaceAccess: NamespaceAccess;
  notifications: NotificationService;
  /** The CA of the portal's certificate, PEM, if it is not a public one. */
  portalCaPem?: string;
  scheduler: SchedulerService;
  tokens: TokenService;
}

/** The parts of the sign-in with kubectl. */
export interface Kubectl {
  /** Returns the routes, given the limit of tokens for each person. */
  routes: (tokenRateLimit: RequestHandler) => Router;
  /**
   * Returns a person who is signed in with kubectl on a computer.
   *
   * @throws NotAllowedError for all others
   */
  callerOf(userRef: string, device: string): Promise<Caller>;
}

/** Creates the sign-in with kubectl. */
export async function createKubectl(
  options: CreateKubectlOptions,
): Promise<Kubectl> {
  const { access, activity, config, issuer, httpRouter } = options;
  const settings = readKubectlSettings(config);
  const devices = DatabaseDeviceStore.create(options.database);
  const apiUrl = await options.discovery.getExternalBaseUrl('berth');
  const portal = apiUrl.replace(/\/api\/berth$/, '');
  const app = (config.getOptionalString('app.baseUrl') ?? portal).replace(
    /\/+$/,
    '',
  );
  const clusters = new KubectlClusters({ ...options, apiUrl });
  const sessions = new DeviceSessions({
    ...options,
    devices,
    issuer,
    onEnd: (device, why) =>
      activity.record({
        actor: 'system:kubectl',
        event: 'kubectl-end',
        outcome: 'Succeeded',
        meta: {
          user: device.userRef,
          device: device.id,
          computer: computerOf(device),
          why,
        },
      }),
    people: options.catalogPeople,
    settings,
  });
  await scheduleCleanUp(options.scheduler, devices);
  httpRouter.addAuthPolicy({
    path: '/kubectl/session',
    allow: 'unauthenticated',
  });
  httpRouter.addAuthPolicy({ path: '/kubectl/cli', allow: 'unauthenticated' });

  const routes = (tokenRateLimit: RequestHandler) => {
    const router = Router();
    if (!settings.enabled) {
      router.use(['/kubectl', '/kubeconfig'], () => {
        throw new NotFoundError(
          'kubectl cannot sign in to this portal: berth.kubectl.enabled is false',
        );
      });
    }
    router.use(
      createSessionRouter({
        ...options,
        clusters,
        devices,
        notifier: new DeviceNotifier(options),
        sessions,
        tokenRateLimit,
      }),
    );
    router.use(createDevicesRouter({ ...options, devices, sessions }));
    router.use(createKubeconfigRouter({ access, app, clusters, portal }));
    router.use(
      createCliRouter({
        files: new CliFiles({ nodeMirror: settings.nodeMirror, portal }),
        portal: {
          app,
          api: apiUrl,
          issuer,
          signInLifetime: settings.signInLifetimeMs / 1000,
        },
      }),
    );
    return router;
  };
  return {
    routes,
    callerOf: (userRef, device) => sessions.callerOfUser(userRef, device),
  };
}

async function scheduleCleanUp(
  scheduler: SchedulerService,
  devices: DeviceStore,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'berth-kubectl-devices',
    frequency: { minutes: 5 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 2 },
    fn: async () => {
      const now = Date.now();
      await devices.deleteOld({
        pending: new Date(now - KEEP_PENDING_MS).toISOString(),
        ended: new Date(now - KEEP_ENDED_MS).toISOString(),
      });
    },
  });
}
