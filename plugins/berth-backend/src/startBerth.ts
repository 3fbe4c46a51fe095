import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionStrategyFactory } from '@berth/plugin-berth-node';
import { createAccess } from './access/createAccess';
import { readDenied } from './access/deniedResources';
import { registerActions } from './actions';
import { StreamLimits } from './access/StreamLimits';
import { createActivity } from './audit';
import { provideEncryptionSecrets } from './crypto/encryptionSecrets';
import { openDatabase } from './database/migrate';
import {
  createCharts,
  createChartVerifier,
  createHelmOperations,
  isHelmEnabled,
  readsConfigMaps,
} from './helm';
import { createRouter } from './http/createRouter';
import { createIssuer } from './issuer/createIssuer';
import { ISSUER_PATH } from './issuer/issuerUrl';
import { createKubectl } from './kubectl/createKubectl';
import { AddressPolicy, DefaultKubeClientFactory } from './kube';
import { assertTlsVerified } from './kube/assertTlsVerified';
import { LiveSignals } from './live';
import { ClusterChanges } from './model/clusters';
import {
  createPersonalRouter,
  PersonalNamespaces,
  readPersonalRules,
  scheduleAbsentUsers,
} from './personal';
import { createProxy, isProxyEnabled } from './proxy';
import {
  ClusterLeftoverResources,
  createIdentities,
  createPlans,
  createProfilePages,
  createReconciler,
  DatabaseInventory,
  PullSecrets,
  readProfiles,
  readPullSecrets,
} from './reconciler';
import {
  ClusterProber,
  ClusterRegistrar,
  ConfiguredClusterSync,
  createConnections,
  createDoctor,
  readOnboardingSettings,
  scheduleCredentialRenewal,
} from './registry';
import { createRequests } from './requests';
import { BerthServices } from './services';
import { DatabaseGroupNames } from './tenancy/DatabaseGroupNames';
import { DatabaseShareStore } from './tenancy/DatabaseShareStore';
import { DatabaseTenancy } from './tenancy/DatabaseTenancy';
import { scheduleGrantExpiry } from './tenancy/GrantExpiry';
import { NamespaceNames } from './tenancy/NamespaceNames';
import { readSizeClasses } from './tenancy/quota/sizeClasses';
import { createTerminals } from './terminal';
import { Upgrades } from './upgrades/Upgrades';
import { refuseRenamedSettings } from './validation/refuseRenamedSettings';

/** How long calls to clusters may continue at shutdown, in milliseconds. */
const SHUTDOWN_GRACE_MS = 750;

/**
 * Creates all parts of the plugin, in the order of their dependencies, and starts and stops them with the
 * backend.
 *
 * @param extensions - connection strategies of modules, by name
 * @throws Error naming the setting, its value and the rule, for an unsafe configuration
 */
export async function startBerth(
  services: BerthServices,
  extensions: ReadonlyMap<string, ConnectionStrategyFactory>,
): Promise<void> {
  const { auth, catalog, config, httpAuth, lifecycle, logger } = services;
  const { scheduler } = services;
  const production = process.env.NODE_ENV === 'production';
  assertTlsVerified(process.env, { production });
  refuseRenamedSettings(config);

  const configuredSecrets = readPullSecrets(config);
  const onboarding = readOnboardingSettings(
    config,
    configuredSecrets.map(({ name }) => name),
  );
  const profiles = readProfiles(
    config,
    configuredSecrets.map(({ name }) => name),
  );
  const sizeClasses = readSizeClasses(config);
  const personalRules = readPersonalRules(config, sizeClasses);
  const addressPolicy = AddressPolicy.fromConfig(config);
  const clients = DefaultKubeClientFactory.fromConfig(config);
  const database = await openDatabase(services.database);
  const encryptionSecrets = await provideEncryptionSecrets({
    config,
    database,
    logger,
    production,
  });
  const pullSecrets = PullSecrets.create(configuredSecrets, {
    encryptionSecrets,
    logger,
  });
  const live = LiveSignals.create({ signals: services.signals, logger });
  const onChange = () => live.changed();
  const shares = DatabaseShareStore.create(database);
  const tenancy = DatabaseTenancy.create(database);
  const { grants, namespaces, personal, quotas } = tenancy;

  const { handler, issuer, keyRing, signer } = await createIssuer({
    config,
    database,
    encryptionSecrets,
    logger,
    production,
    scheduler,
  });
  services.rootHttpRouter.use(ISSUER_PATH, handler);

  const { clusters, connect, credentials, identity, strategies } =
    await createConnections({
      auditor: services.auditor,
      clients,
      config,
      database,
      encryptionSecrets,
      extensions,
      logger,
      production,
      signer,
    });
  const probes = ClusterProber.fromConfig(config, {
    clusters,
    connect,
    logger,
    onChange,
  });
  const {
    clusterChanged,
    doctor,
    runs: checkRuns,
  } = await createDoctor({
    auditor: services.auditor,
    clients,
    clusters,
    config,
    connect,
    credentialExpiry: async ({ id }) => {
      const kept = await credentials.get(id);
      return kept?.expiresAt === undefined
        ? undefined
        : new Date(kept.expiresAt);
    },
    database,
    issuer,
    keyRing,
    logger,
    onboarding,
    pullSecrets: pullSecrets.names,
    scheduler,
    signer,
  });

  const {
    access,
    adminGroups,
    authorizer,
    callers,
    catalogPeople,
    clusterReads,
    entries,
    namespaceAccess,
    people,
    tokens,
  } = createAccess({
    auth,
    catalog,
    clusters,
    config,
    grants,
    httpAuth,
    logger,
    namespaces,
    permissions: services.permissions,
    permissionsRegistry: services.permissionsRegistry,
    personal,
    quotas,
    shares,
    signer,
  });
  const { activity, routeAuditor } = await createActivity({
    auditor: services.auditor,
    callers,
    clusters: clusterReads,
    config,
    database,
    grants,
    httpAuth,
    logger,
    namespaces,
    scheduler,
  });

  const reconciler = createReconciler({
    activity,
    clusters,
    config,
    connect,
    database,
    live,
    logger,
    metrics: services.metrics,
    identities: await createIdentities({
      auth,
      catalog,
      clusters,
      database,
      logger,
      // eslint-disable-next-line @typescript-eslint/no-use-before-define -- they need each other; nothing is read before the start
      onChange: clusterId => changes.changed(clusterId),
      profiles,
      scheduler,
    }),
    onRolesChanged: clusterChanged,
    profiles,
    pullSecrets,
    shares,
    tenancy,
  });
  const changes: ClusterChanges = {
    changed(clusterId) {
      reconciler.changed(clusterId);
      onChange();
    },
    recorded(clusterId) {
      reconciler.recorded(clusterId);
      onChange();
    },
  };
  await scheduleGrantExpiry(scheduler, { activity, changes, grants, logger });
  await scheduleAbsentUsers(scheduler, { auth, catalog, changes, personal });
  await scheduleCredentialRenewal(scheduler, {
    clusters,
    credentials,
    identity,
    logger,
    onRenewal: ({ error, ...cluster }) =>
      activity.record({
        actor: 'system:registry',
        event: 'credential-renew',
        ...cluster,
        outcome: error === undefined ? 'Succeeded' : 'Failed',
        ...(error !== undefined && { error }),
      }),
    strategies,
  });

  const names = new NamespaceNames({
    auth,
    catalog,
    connect,
    groupNames: DatabaseGroupNames.create(database),
    namespaces,
  });
  const requests = await createRequests({
    access,
    activity,
    adminGroups,
    auditor: routeAuditor,
    auth,
    authorizer,
    catalog,
    changes,
    clusters,
    config,
    database,
    logger,
    namespaceAccess,
    names,
    notifications: services.notifications,
    onChange,
    scheduler,
    shares,
    sizeClasses,
    tenancyIn: knex => DatabaseTenancy.create(knex),
  });
  const kubectl = await createKubectl({
    access,
    activity,
    auditor: routeAuditor,
    auth,
    authorizer,
    callers,
    catalog,
    catalogPeople,
    config,
    database,
    discovery: services.discovery,
    httpRouter: services.httpRouter,
    issuer,
    logger,
    namespaceAccess,
    notifications: services.notifications,
    portalCaPem: onboarding.issuerCaPem,
    scheduler,
    tokens,
  });
  const {
    actions: planActions,
    plans,
    sources,
    tenantsWith,
  } = createPlans({
    activity,
    connect,
    database,
    profiles,
    pullSecrets,
    shares,
    tenancy,
  });
  const profilePages = createProfilePages({
    clusters,
    config,
    database,
    namespaces,
    profiles,
    pullSecrets: pullSecrets.names,
    sources,
    tenantsWith,
  });
  const upgrades = new Upgrades();
  services.httpRouter.use(upgrades.middleware);
  const streams = StreamLimits.fromConfig(config);
  const proxyCallers = createProxy({
    access,
    auditor: routeAuditor,
    callers,
    clusters,
    config,
    entries,
    gateway: clients,
    httpRouter: services.httpRouter,
    issuer,
    keyRing,
    streams,
  });
  const terminals = await createTerminals({
    access,
    auditor: routeAuditor,
    auth,
    clients,
    config,
    database,
    httpRouter: services.httpRouter,
    kubectl,
    lifecycle,
    logger,
    namespaceAccess,
    people,
    proxyCallers,
    scheduler,
    tokens,
    upgrades,
  });
  const charts = isHelmEnabled(config)
    ? await createCharts({
        access,
        addressPolicy,
        auditor: routeAuditor,
        authorizer,
        config,
        database,
        encryptionSecrets,
        lifecycle,
        logger,
        production,
        scheduler,
        verifier: createChartVerifier(config),
      })
    : undefined;
  const helmOperations = charts
    ? await createHelmOperations({
        access,
        auditor: routeAuditor,
        auth,
        authorizer,
        catalogPeople,
        charts,
        clients,
        config,
        configMapStorage: readsConfigMaps(config),
        database,
        deny: readDenied(config),
        encryptionSecrets,
        entries,
        logger,
        metrics: services.metrics,
        namespaceAccess,
        production,
        scheduler,
        streams,
      })
    : undefined;
  services.httpRouter.use(
    createRouter({
      access,
      activity,
      addressPolicy,
      adminGroups,
      auditor: routeAuditor,
      authorizer,
      callers,
      catalog,
      changes,
      charts: charts?.router,
      checkRuns,
      clients,
      clusters,
      config,
      connect,
      credentials,
      database,
      doctor,
      entries,
      helmOperations,
      httpAuth,
      identity,
      issuer,
      keyRing,
      kubectl: kubectl.routes,
      names,
      namespaceAccess,
      onboarding,
      people,
      personal: createPersonalRouter({
        access,
        auditor: routeAuditor,
        authorizer,
        catalog,
        changes,
        namespaceAccess,
        people,
        personalNamespaces: new PersonalNamespaces({
          changes,
          names,
          rules: personalRules,
          sizeClasses,
          tenancy,
        }),
        tenancy,
      }),
      planActions,
      plans,
      profilePages,
      probes,
      leftovers: new ClusterLeftoverResources({
        connect,
        inventory: DatabaseInventory.create(database),
        logger,
      }),
      requests,
      shares,
      sizeClasses,
      strategies,
      streams,
      tenancy,
      terminals,
      tokens,
    }),
  );
  registerActions({
    actionsRegistry: services.actionsRegistry,
    auth,
    discovery: services.discovery,
    helm: isHelmEnabled(config),
  });

  const configured = ConfiguredClusterSync.create({
    changes,
    clusters,
    config,
    credentials,
    logger,
    probes,
    registrar: ClusterRegistrar.create({ clusters, identity, strategies }),
    rules: {
      policy: addressPolicy,
      proxy: isProxyEnabled(config),
      strategies,
    },
  });
  lifecycle.addStartupHook(() => {
    configured.start();
    helmOperations?.start();
    probes.start();
    reconciler.start();
  });
  lifecycle.addShutdownHook(async () => {
    // helm still writes on the clusters what it could not finish.
    await helmOperations?.stop();
    const stopped = Promise.all([
      configured.stop(),
      doctor.stop(),
      probes.stop(),
      reconciler.stop(),
    ]);
    // A cluster that does not answer must not delay the shutdown. Without connections, every call to it fails.
    await Promise.race([
      stopped,
      delay(SHUTDOWN_GRACE_MS, undefined, { ref: false }),
    ]);
    await clients.close();
    await stopped;
  });
}
