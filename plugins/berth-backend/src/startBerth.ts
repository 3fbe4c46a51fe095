import { ConnectionStrategyFactory } from '@berth/plugin-berth-node';
import { createAccess } from './access/createAccess';
import { registerActions } from './actions';
import { StreamLimits } from './access/StreamLimits';
import { createActivity } from './audit';
import { provideEncryptionSecrets } from './crypto/encryptionSecrets';
import { openDatabase } from './database/migrate';
import { createChartsAndOperations, isHelmEnabled } from './helm';
import { createRouter } from './http/createRouter';
import { createReconciliation } from './createReconciliation';
import { followLifecycle } from './followLifecycle';
import { createIssuer } from './issuer/createIssuer';
import { ISSUER_PATH } from './issuer/issuerUrl';
import { createKubectl } from './kubectl/createKubectl';
import { DefaultKubeClientFactory } from './kube';
import { assertTlsVerified } from './kube/assertTlsVerified';
import { LiveSignals } from './live';
import { createPersonalRouter, PersonalNamespaces } from './personal';
import { createProxy, isProxyEnabled } from './proxy';
import {
  ClusterLeftoverResources,
  createPlans,
  createProfilePages,
  DatabaseInventory,
  PullSecrets,
} from './reconciler';
import {
  ClusterProber,
  ClusterRegistrar,
  ConfiguredClusterSync,
  createConnections,
  createDoctor,
} from './registry';
import { createRequests } from './requests';
import { BerthServices } from './services';
import { readSettings } from './readSettings';
import { scheduleTasks } from './scheduleTasks';
import { DatabaseGroupNames } from './tenancy/DatabaseGroupNames';
import { DatabaseShareStore } from './tenancy/DatabaseShareStore';
import { DatabaseTenancy } from './tenancy/DatabaseTenancy';
import { NamespaceNames } from './tenancy/NamespaceNames';
import { createTerminals } from './terminal';
import { Upgrades } from './upgrades/Upgrades';
import { refuseRenamedSettings } from './validation/refuseRenamedSettings';

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

  const settings = readSettings(config);
  const { addressPolicy, onboarding, profiles, sizeClasses } = settings;
  const clients = DefaultKubeClientFactory.fromConfig(config);
  const database = await openDatabase(services.database);
  const encryptionSecrets = await provideEncryptionSecrets({
    config,
    database,
    logger,
    production,
  });
  const pullSecrets = PullSecrets.create(settings.pullSecrets, {
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
    personal,
    scheduler,
  });

  const { changes, reconciler } = await createReconciliation({
    activity,
    auth,
    catalog,
    clusters,
    config,
    connect,
    database,
    live,
    logger,
    metrics: services.metrics,
    onRolesChanged: clusterChanged,
    profiles,
    pullSecrets,
    scheduler,
    shares,
    tenancy,
  });
  await scheduleTasks(scheduler, {
    activity,
    auth,
    catalog,
    changes,
    clusters,
    credentials,
    grants,
    identity,
    logger,
    personal,
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
    auth,
    catalog,
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
    sizeClasses,
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
  const helm = await createChartsAndOperations({
    access,
    addressPolicy,
    auditor: routeAuditor,
    auth,
    authorizer,
    catalogPeople,
    clients,
    config,
    database,
    encryptionSecrets,
    entries,
    lifecycle,
    logger,
    metrics: services.metrics,
    namespaceAccess,
    production,
    scheduler,
    streams,
  });
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
      charts: helm.charts,
      checkRuns,
      clients,
      clusters,
      config,
      connect,
      credentials,
      database,
      doctor,
      entries,
      helmOperations: helm.operations,
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
          rules: settings.personalRules,
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
  followLifecycle(lifecycle, {
    clients,
    configured,
    doctor,
    helmOperations: helm.operations,
    probes,
    reconciler,
  });
}
