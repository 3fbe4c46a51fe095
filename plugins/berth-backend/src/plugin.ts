import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { berthIssuerManagePermission } from '@berth/plugin-berth-common';
import {
  berthConnectionStrategiesExtensionPoint,
  ConnectionStrategyFactory,
} from '@berth/plugin-berth-node';
import { readAdminGroups } from './access/adminGroups';
import { audited } from './access/audited';
import { CachingPersonResolver } from './access/CachingPersonResolver';
import { CatalogPersonResolver } from './access/CatalogPersonResolver';
import { ClusterAccess } from './access/ClusterAccess';
import { DefaultTokenService } from './access/DefaultTokenService';
import { NamespaceAccess } from './access/NamespaceAccess';
import { AccessExplainer } from './access/explain/AccessExplainer';
import { createExplainRouter } from './access/explain/router';
import { Authorizer } from './access/permissions/Authorizer';
import { registerPermissions } from './access/permissions/registerPermissions';
import { createAccessRouter } from './access/router';
import { createTokenRateLimit } from './access/tokenRateLimit';
import { registerActions } from './actions';
import { createActivity, createActivityRouter } from './activity';
import { openDatabase } from './database/migrate';
import { createDirectoryRouter, DatabaseDirectory } from './directory';
import { ISSUER_PATH, readIssuerUrl } from './issuer/issuerUrl';
import { JoseTokenSigner } from './issuer/JoseTokenSigner';
import { createKeyRing } from './issuer/keys/createKeyRing';
import { createKeysRouter } from './issuer/keys/router';
import { ReusingTokenSigner } from './issuer/ReusingTokenSigner';
import { createIssuerHandler } from './issuer/router';
import { LiveSignals } from './live';
import { AddressPolicy, DefaultKubeClientFactory } from './kube';
import { assertTlsVerified } from './kube/assertTlsVerified';
import {
  adoptNamespace,
  ClusterCleaner,
  createPlanPreviewer,
  createPlanRouter,
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
import { ClusterChanges } from './registry/types';
import { createRequests } from './requests';
import { scheduleGrantExpiry } from './tenancy/GrantExpiry';
import { DatabaseTenancy } from './tenancy/DatabaseTenancy';
import { readSizeClasses } from './tenancy/quota/sizeClasses';
import { createTenancyRouter } from './tenancy/router/createTenancyRouter';

/**
 * The Berth backend plugin.
 *
 * @public
 */
export const berthPlugin = createBackendPlugin({
  pluginId: 'berth',
  register(env) {
    const connectionStrategies = new Map<string, ConnectionStrategyFactory>();
    env.registerExtensionPoint(berthConnectionStrategiesExtensionPoint, {
      addConnectionStrategy(name, factory) {
        if (connectionStrategies.has(name)) {
          throw new Error(
            `Two modules bring a connection strategy called "${name}"; only one can`,
          );
        }
        connectionStrategies.set(name, factory);
      },
    });

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootHttpRouter: coreServices.rootHttpRouter,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({
        actionsRegistry,
        auditor,
        auth,
        catalog,
        config,
        database,
        discovery,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        notifications,
        permissions,
        permissionsRegistry,
        rootHttpRouter,
        scheduler,
        signals,
      }) {
        const production = process.env.NODE_ENV === 'production';
        assertTlsVerified(process.env, { production });
        const issuer = readIssuerUrl(config, { production });
        const client = await openDatabase(database);

        const keyRing = await createKeyRing({
          config,
          database: client,
          logger,
          scheduler,
          production,
        });
        const signer = new ReusingTokenSigner({
          keyRing,
          signer: new JoseTokenSigner({ issuer, keyRing }),
        });
        rootHttpRouter.use(
          ISSUER_PATH,
          createIssuerHandler({ issuer, keyRing }),
        );

        const live = LiveSignals.create({ signals, logger });
        const shares = DatabaseShareStore.create(client);
        const tenancy = DatabaseTenancy.create(client);
        const { grants, namespaces } = tenancy;
        const addressPolicy = AddressPolicy.fromConfig(config);
        const clients = DefaultKubeClientFactory.fromConfig(config);
        const { clusters, connect, credentials, identity, strategies } =
          await createConnections({
            auditor,
            clients,
            config,
            database: client,
            extensions: connectionStrategies,
            logger,
            production,
            signer,
          });
        const probes = ClusterProber.fromConfig(config, {
          clusters,
          connect,
          logger,
          onNews: () => live.changed(),
        });
        const onboarding = readOnboardingSettings(config);
        const {
          clusterChanged,
          doctor,
          runs: checkRuns,
        } = await createDoctor({
          auditor,
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
          database: client,
          issuer,
          keyRing,
          logger,
          onboarding,
          scheduler,
          signer,
        });
        const { activity, routeAuditor } = await createActivity({
          auditor,
          clusters,
          config,
          database: client,
          grants,
          httpAuth,
          logger,
          namespaces,
          scheduler,
        });
        const profiles = readProfiles(config);
        const reconciler = createReconciler({
          activity,
          config,
          knex: client,
          clusters,
          profiles,
          shares,
          tenancy,
          connect,
          live,
          logger,
          metrics,
          onRoles: clusterChanged,
        });
        const changes: ClusterChanges = {
          changed(clusterId) {
            reconciler.changed(clusterId);
            live.changed();
          },
        };

        await scheduleGrantExpiry(scheduler, {
          activity,
          changes,
          grants,
          logger,
        });

        const authorizer = new Authorizer({ permissions, permissionsRegistry });
        registerPermissions(permissionsRegistry, {
          clusters,
          grants,
          namespaces,
          shares,
        });
        const adminGroups = readAdminGroups(config, logger);
        const people = new CachingPersonResolver(
          new CatalogPersonResolver({ catalog, adminGroups }),
        );
        const access = new ClusterAccess({
          authorizer,
          clusters,
          httpAuth,
          people,
          shares,
        });

        httpRouter.use(createActivityRouter({ access, activity, authorizer }));
        httpRouter.use(
          createDirectoryRouter({
            directory: DatabaseDirectory.create({
              clusters,
              grants,
              knex: client,
              shares,
            }),
            httpAuth,
          }),
        );
        await scheduleCare(scheduler, {
          clusters,
          credentials,
          identity,
          logger,
          strategies,
          onRenewal: ({ error, ...cluster }) =>
            activity.record({
              actor: 'system:registry',
              event: 'credential-renew',
              ...cluster,
              outcome: error === undefined ? 'Succeeded' : 'Failed',
              ...(error !== undefined && { error }),
            }),
        });
        httpRouter.use(
          createRegistryRouter({
            access,
            addressPolicy,
            auditor: routeAuditor,
            catalog,
            changes,
            checkRuns,
            clients,
            clusters,
            credentials,
            identity,
            doctor,
            issuer,
            onboarding,
            probes,
            remains: new ClusterCleaner({
              connect,
              inventory: DatabaseInventory.create(client),
              logger,
            }),
            shares,
            strategies,
          }),
        );
        httpRouter.use(
          createPlanRouter({
            access,
            auditor: routeAuditor,
            changes,
            plans: createPlanPreviewer({
              knex: client,
              profiles,
              shares,
              tenancy,
              connect,
            }),
          }),
        );
        const tokens = new DefaultTokenService({ grants, shares, signer });
        const namespaceAccess = new NamespaceAccess({
          authorizer,
          clusterAccess: access,
          grants,
          namespaces,
        });
        const sizeClasses = readSizeClasses(config);
        httpRouter.use(
          createTenancyRouter({
            access,
            adopt: adoptNamespace,
            auditor: routeAuditor,
            catalog,
            changes,
            clients,
            namespaceAccess,
            shares,
            sizeClasses,
            tenancy,
            tokens,
          }),
        );
        httpRouter.use(
          await createRequests({
            access,
            activity,
            adminGroups,
            auditor: routeAuditor,
            auth,
            authorizer,
            catalog,
            changes: reconciler,
            clusters,
            config,
            database: client,
            logger,
            namespaceAccess,
            notifications,
            onNews: () => live.changed(),
            scheduler,
            shares,
            sizeClasses,
          }),
        );
        httpRouter.use(
          createExplainRouter({
            access,
            auditor: routeAuditor,
            explainer: new AccessExplainer({
              access,
              adminGroups,
              clients,
              grants,
              shares,
            }),
            people,
            tokens,
          }),
        );
        httpRouter.use(
          createAccessRouter({
            access,
            auditor: routeAuditor,
            tokenRateLimit: createTokenRateLimit(config, httpAuth),
            tokens,
          }),
        );
        httpRouter.use(
          createKeysRouter({
            keyRing,
            authorize: async request => {
              await access.admin(request, berthIssuerManagePermission);
            },
            audit: (request, eventId, change) =>
              audited(
                routeAuditor,
                { eventId, severityLevel: 'high', request },
                async () => ({ result: await change() }),
              ),
          }),
        );

        registerActions({ actionsRegistry, auth, discovery });

        const configured = ConfiguredClusterSync.create({
          changes,
          clusters,
          config,
          credentials,
          logger,
          probes,
          registrar: ClusterRegistrar.create({
            clusters,
            identity,
            strategies,
          }),
          rules: { policy: addressPolicy, strategies },
        });

        lifecycle.addStartupHook(() => {
          configured.start();
          probes.start();
          reconciler.start();
        });
        lifecycle.addShutdownHook(async () => {
          await Promise.all([
            configured.stop(),
            doctor.stop(),
            probes.stop(),
            reconciler.stop(),
          ]);
          await clients.close();
        });
      },
    });
  },
});
