import { setTimeout as delay } from 'node:timers/promises';
import { berthIssuerManagePermission } from '@berth/plugin-berth-common';
import { ConnectionStrategyFactory } from '@berth/plugin-berth-node';
import { audited } from './audit/audited';
import { createAccess } from './access/createAccess';
import { AccessExplainer } from './access/explain/AccessExplainer';
import { createExplainRouter } from './access/explain/router';
import { createAccessRouter } from './access/router';
import { createTokenRateLimit, createWriteRateLimit } from './http/rateLimits';
import { registerActions } from './actions';
import { createActivityRouter } from './activity/router';
import { createActivity } from './audit';
import { openDatabase } from './database/migrate';
import { createDirectoryRouter, DatabaseDirectory } from './directory';
import { createIssuer } from './issuer/createIssuer';
import { ISSUER_PATH } from './issuer/issuerUrl';
import { provideEncryptionSecrets } from './crypto/encryptionSecrets';
import { createKeysRouter } from './issuer/keys/router';
import { AddressPolicy, DefaultKubeClientFactory } from './kube';
import { assertTlsVerified } from './kube/assertTlsVerified';
import { LiveSignals } from './live';
import {
  adoptNamespace,
  ClusterCleaner,
  createPlans,
  createPlanRouter,
  createRebuiltRouter,
  createReconciler,
  DatabaseInventory,
  readProfiles,
} from './reconciler';
import {
  ClusterProber,
  ClusterRegistrar,
  ConfiguredClusterSync,
  createConnections,
  createDoctor,
  createRegistryRouter,
  DatabaseShareStore,
  readOnboardingSettings,
  scheduleCare,
} from './registry';
import { ClusterChanges } from './model/clusters';
import { createRequests } from './requests';
import { BerthServices } from './services';
import { DatabaseTenancy } from './tenancy/DatabaseTenancy';
import { DatabaseGroupNames } from './tenancy/DatabaseGroupNames';
import { scheduleGrantExpiry } from './tenancy/GrantExpiry';
import { NamespaceNames } from './tenancy/NamespaceNames';
import { readSizeClasses } from './tenancy/quota/sizeClasses';
import { createTenancyRouter } from './tenancy/router/createTenancyRouter';
import { refuseControlCharacters } from './http/controlCharacters';
import { noStore } from './http/noStore';

/** How long calls to clusters may go on at the shutdown. */
const SHUTDOWN_GRACE_MS = 750;

/**
 * Creates all parts of the plugin, and starts and stops them with the backend.
 *
 * @param extensions - connection strategies of modules, by name
 * @throws Error naming the setting, its value and the rule, for a configuration that would not be safe
 */
export async function startBerth(
  services: BerthServices,
  extensions: ReadonlyMap<string, ConnectionStrategyFactory>,
): Promise<void> {
  const { config, httpRouter, lifecycle, scheduler } = services;
  const production = process.env.NODE_ENV === 'production';
  assertTlsVerified(process.env, { production });
  const database = await openDatabase(services.database);
  const tenancy = DatabaseTenancy.create(database);
  const basis = {
    ...services,
    addressPolicy: AddressPolicy.fromConfig(config),
    clients: DefaultKubeClientFactory.fromConfig(config),
    database,
    encryptionSecrets: await provideEncryptionSecrets({
      ...services,
      database,
      production,
    }),
    extensions,
    grants: tenancy.grants,
    knex: database,
    live: LiveSignals.create(services),
    namespaces: tenancy.namespaces,
    onboarding: readOnboardingSettings(config),
    production,
    profiles: readProfiles(config),
    quotas: tenancy.quotas,
    shares: DatabaseShareStore.create(database),
    sizeClasses: readSizeClasses(config),
    tenancy,
  };
  const onNews = () => basis.live.changed();

  const issuer = await createIssuer(basis);
  services.rootHttpRouter.use(ISSUER_PATH, issuer.handler);

  const connected = {
    ...basis,
    ...issuer,
    ...(await createConnections({ ...basis, ...issuer })),
  };
  const { clients, credentials } = connected;
  const probes = ClusterProber.fromConfig(config, { ...connected, onNews });
  const {
    clusterChanged,
    doctor,
    runs: checkRuns,
  } = await createDoctor({
    ...connected,
    credentialExpiry: async ({ id }) => {
      const kept = await credentials.get(id);
      return kept?.expiresAt === undefined
        ? undefined
        : new Date(kept.expiresAt);
    },
  });
  const access = createAccess(connected);
  const { activity, routeAuditor } = await createActivity({
    ...connected,
    ...access,
  });
  const reconciler = createReconciler({
    ...connected,
    activity,
    onRoles: clusterChanged,
  });
  const changes: ClusterChanges = {
    changed(clusterId) {
      reconciler.changed(clusterId);
      onNews();
    },
  };
  await scheduleGrantExpiry(scheduler, { ...connected, activity, changes });
  await scheduleCare(scheduler, {
    ...connected,
    onRenewal: ({ error, ...cluster }) =>
      activity.record({
        actor: 'system:registry',
        event: 'credential-renew',
        ...cluster,
        outcome: error === undefined ? 'Succeeded' : 'Failed',
        ...(error !== undefined && { error }),
      }),
  });

  const room = {
    ...connected,
    ...access,
    activity,
    auditor: routeAuditor,
    changes,
    checkRuns,
    doctor,
    names: new NamespaceNames({
      ...connected,
      groupNames: DatabaseGroupNames.create(database),
    }),
    onNews,
    probes,
  };
  const tokenRateLimit = createTokenRateLimit(config, services.httpAuth);
  httpRouter.use(noStore);
  httpRouter.use(refuseControlCharacters);
  httpRouter.use(createWriteRateLimit(config, services.httpAuth));
  httpRouter.use(createActivityRouter(room));
  httpRouter.use(
    createDirectoryRouter({
      ...room,
      directory: DatabaseDirectory.create(room),
    }),
  );
  httpRouter.use(
    createRegistryRouter({
      ...room,
      remains: new ClusterCleaner({
        ...room,
        inventory: DatabaseInventory.create(database),
      }),
    }),
  );
  httpRouter.use(createPlanRouter({ ...room, ...createPlans(room) }));
  httpRouter.use(createRebuiltRouter(room));
  httpRouter.use(createTenancyRouter({ ...room, adopt: adoptNamespace }));
  httpRouter.use(await createRequests(room));
  httpRouter.use(
    createExplainRouter({
      ...room,
      explainer: new AccessExplainer(room),
      tokenRateLimit,
    }),
  );
  httpRouter.use(
    createAccessRouter({
      ...room,
      tokenRateLimit,
    }),
  );
  httpRouter.use(
    createKeysRouter({
      ...room,
      authorize: async (request, action) => {
        await (action === 'read'
          ? room.access.reader(request, berthIssuerManagePermission)
          : room.access.admin(request, berthIssuerManagePermission));
      },
      audit: (request, eventId, change) =>
        audited(
          routeAuditor,
          { eventId, severityLevel: 'high', request },
          async () => ({ result: await change() }),
        ),
    }),
  );
  registerActions(services);

  const configured = ConfiguredClusterSync.create({
    ...room,
    registrar: ClusterRegistrar.create(room),
    rules: { policy: room.addressPolicy, strategies: room.strategies },
  });
  lifecycle.addStartupHook(() => {
    configured.start();
    probes.start();
    reconciler.start();
  });
  lifecycle.addShutdownHook(async () => {
    const stopped = Promise.all([
      configured.stop(),
      doctor.stop(),
      probes.stop(),
      reconciler.stop(),
    ]);
    // A cluster that does not answer must not delay the end: without connections, every call to it fails.
    await Promise.race([
      stopped,
      delay(SHUTDOWN_GRACE_MS, undefined, { ref: false }),
    ]);
    await clients.close();
    await stopped;
  });
}
