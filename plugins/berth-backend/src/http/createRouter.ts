import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  berthIssuerManagePermission,
  SizeClass,
} from '@berth/plugin-berth-common';
import { RequestHandler, Router } from 'express';
import { Knex } from 'knex';
import { Callers } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { ClusterEntries } from '../access/ClusterEntries';
import { readDenied } from '../access/deniedResources';
import { AccessExplainer } from '../access/explain/AccessExplainer';
import { createExplainRouter } from '../access/explain/router';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { createAccessRouter } from '../access/router';
import { StreamLimits } from '../access/StreamLimits';
import { TokenService } from '../access/types';
import { createActivityRouter } from '../activity/router';
import { audited } from '../audit/audited';
import { ActivityReader } from '../audit/types';
import { createDirectoryRouter, DatabaseDirectory } from '../directory';
import {
  createHelm,
  HelmOperations,
  isHelmEnabled,
  readsConfigMaps,
} from '../helm';
import { createKeysRouter } from '../issuer/keys/router';
import { KeyRingAdministration } from '../issuer/keys/types';
import { AddressPolicy, KubeClientFactory, PersonClients } from '../kube';
import {
  ClusterChanges,
  ClusterConnector,
  ClusterProbes,
  LeftoverResources,
  ClusterStore,
  ShareStore,
} from '../model/clusters';
import { CredentialStore } from '../model/credentials';
import { NamespaceNameRules } from '../model/namespaceNames';
import { PersonResolver } from '../model/people';
import { Tenancy } from '../model/tenancy';
import { isProxyEnabled } from '../proxy';
import {
  adoptNamespace,
  createPlanRouter,
  createProfileRouter,
  createRebuiltRouter,
  PlanActions,
  PlanPreviewer,
  ProfileRouterOptions,
} from '../reconciler';
import {
  CheckRunStore,
  ClusterDoctor,
  ClusterIdentity,
  ConnectionStrategies,
  createRegistryRouter,
  OnboardingSettings,
} from '../registry';
import { createResources } from '../resources';
import { createTenancyRouter } from '../tenancy/router/createTenancyRouter';
import { Terminals } from '../terminal';
import { jsonBody, refuseControlCharacters } from './controlCharacters';
import { noStore } from './noStore';
import { createTokenRateLimit, createWriteRateLimit } from './rateLimits';

/** The parts that the routes use. */
export interface RouterParts {
  access: ClusterAccess;
  activity: ActivityReader;
  addressPolicy: AddressPolicy;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  /** Also writes the activity log. */
  auditor: AuditorService;
  authorizer: Authorizer;
  callers: Callers;
  catalog: CatalogService;
  changes: ClusterChanges;
  /** The routes of charts; undefined if `berth.helm` is off. */
  charts?: Router;
  checkRuns: CheckRunStore;
  clients: KubeClientFactory & PersonClients;
  clusters: ClusterStore;
  config: Config;
  connect: ClusterConnector;
  credentials: CredentialStore;
  database: Knex;
  doctor: ClusterDoctor;
  entries: ClusterEntries;
  /** Undefined if the configuration turns Helm off. */
  helmOperations?: Pick<HelmOperations, 'router'>;
  httpAuth: HttpAuthService;
  identity: ClusterIdentity;
  /** The `iss` of tokens. */
  issuer: string;
  keyRing: KeyRingAdministration;
  /** The routes of kubectl's sign-in, given the limit of tokens for each person. */
  kubectl: (tokenRateLimit: RequestHandler) => Router;
  names: NamespaceNameRules;
  namespaceAccess: NamespaceAccess;
  onboarding: OnboardingSettings;
  people: PersonResolver;
  /** The routes of personal namespaces, and the transfer of namespaces. */
  personal: Router;
  planActions: PlanActions;
  plans: PlanPreviewer;
  profilePages: Omit<ProfileRouterOptions, 'access' | 'clients' | 'entries'>;
  probes: ClusterProbes;
  leftovers: LeftoverResources;
  /** The routes below `/requests`. */
  requests: Router;
  shares: ShareStore;
  sizeClasses: SizeClass[];
  strategies: ConnectionStrategies;
  streams: StreamLimits;
  tenancy: Tenancy;
  terminals: Terminals;
  tokens: TokenService;
}

/**
 * Creates all routes of the plugin. The steps for every request come first: no answer is cached, control
 * characters are refused, writes are limited, and the body is parsed. A route decides who may call it, through
 * `access`. The order of the routers has no meaning.
 */
export function createRouter(parts: RouterParts): Router {
  const { access, auditor, callers, catalog, changes, clients } = parts;
  const { clusters, config, connect, probes, shares, tenancy, tokens } = parts;
  const tokenRateLimit = createTokenRateLimit(config, callers);
  const router = Router();

  router.use(noStore);
  router.use(refuseControlCharacters);
  router.use(createWriteRateLimit(config, callers));
  router.use(jsonBody());

  router.use(
    createActivityRouter({
      access,
      activity: parts.activity,
      authorizer: parts.authorizer,
    }),
  );
  router.use(
    createDirectoryRouter({
      directory: DatabaseDirectory.create({
        clusters,
        database: parts.database,
        grants: tenancy.grants,
        personal: tenancy.personal,
        shares,
      }),
      httpAuth: parts.httpAuth,
    }),
  );
  router.use(
    createRegistryRouter({
      access,
      addressPolicy: parts.addressPolicy,
      auditor,
      catalog,
      changes,
      checkRuns: parts.checkRuns,
      clients,
      clusters,
      credentials: parts.credentials,
      doctor: parts.doctor,
      identity: parts.identity,
      issuer: parts.issuer,
      onboarding: parts.onboarding,
      probes,
      proxy: isProxyEnabled(config),
      leftovers: parts.leftovers,
      shares,
      strategies: parts.strategies,
    }),
  );
  router.use(
    createPlanRouter({
      access,
      actions: parts.planActions,
      auditor,
      changes,
      plans: parts.plans,
    }),
  );
  router.use(
    createProfileRouter({
      access,
      clients,
      entries: parts.entries,
      ...parts.profilePages,
    }),
  );
  router.use(
    createRebuiltRouter({
      access,
      auditor,
      changes,
      connect,
      database: parts.database,
      probes,
    }),
  );
  router.use(
    createTenancyRouter({
      access,
      adopt: adoptNamespace,
      auditor,
      catalog,
      changes,
      clients,
      names: parts.names,
      namespaceAccess: parts.namespaceAccess,
      sizeClasses: parts.sizeClasses,
      tenancy,
      tokens,
    }),
  );
  router.use(parts.personal);
  router.use(parts.requests);
  const resources = {
    access,
    auditor,
    clients,
    deny: readDenied(config),
    entries: parts.entries,
    namespaceAccess: parts.namespaceAccess,
    streams: parts.streams,
  };
  router.use(createResources(resources));
  if (isHelmEnabled(config)) {
    router.use(
      createHelm({ ...resources, configMapStorage: readsConfigMaps(config) }),
    );
  }
  if (parts.charts) {
    router.use(parts.charts);
  }
  if (parts.helmOperations) {
    router.use(parts.helmOperations.router);
  }
  router.use(parts.kubectl(tokenRateLimit));
  router.use(
    createExplainRouter({
      access,
      auditor,
      explainer: new AccessExplainer({
        access,
        adminGroups: parts.adminGroups,
        clients,
        grants: tenancy.grants,
        namespaces: tenancy.namespaces,
        personal: tenancy.personal,
        shares,
      }),
      people: parts.people,
      tokenRateLimit,
      tokens,
    }),
  );
  router.use(
    createAccessRouter({
      access,
      adminGroups: parts.adminGroups,
      auditor,
      helm: isHelmEnabled(config),
      terminal: parts.terminals.enabled,
      tokenRateLimit,
      tokens,
    }),
  );
  router.use(parts.terminals.router);
  router.use(
    createKeysRouter({
      keyRing: parts.keyRing,
      authorize: async (request, action) => {
        await (action === 'read'
          ? access.reader(request, berthIssuerManagePermission)
          : access.admin(request, berthIssuerManagePermission));
      },
      audit: (request, eventId, change) =>
        audited(
          auditor,
          { eventId, severityLevel: 'high', request },
          async () => ({ result: await change() }),
        ),
    }),
  );
  return router;
}
