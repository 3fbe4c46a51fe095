import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Router } from 'express';
import { AddressPolicy, KubeClientFactory } from '../../kube';
import { ClusterAccess } from '../../access/ClusterAccess';
import {
  ClusterChanges,
  ClusterProbes,
  LeftoverResources,
  ClusterStore,
  ShareStore,
} from '../../model/clusters';
import { ClusterRegistrar } from '../ClusterRegistrar';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import { CredentialStore } from '../../model/credentials';
import { ClusterIdentity } from '../ClusterIdentity';
import { CheckRunStore, ClusterDoctor } from '../doctor';
import { OnboardingSettings } from '../onboarding/readOnboardingSettings';
import { createChecksRouter } from './checksRouter';
import { createClustersRouter } from './clustersRouter';
import { createDeletionRouter } from './deletionRouter';
import { createOnboardingRouter } from './onboardingRouter';
import { createSharesRouter } from './sharesRouter';

export interface RegistryRouterOptions {
  access: ClusterAccess;
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  checkRuns: CheckRunStore;
  clients: KubeClientFactory;
  clusters: ClusterStore;
  doctor: ClusterDoctor;
  credentials: CredentialStore;
  identity: ClusterIdentity;
  /** The `iss` of tokens. */
  issuer: string;
  onboarding: OnboardingSettings;
  probes: ClusterProbes;
  /** Whether the portal passes requests on. */
  proxy: boolean;
  leftovers: LeftoverResources;
  shares: ShareStore;
  strategies: ConnectionStrategies;
}

/** The routes below `/clusters` for registration and shares. */
export function createRegistryRouter(options: RegistryRouterOptions): Router {
  const router = Router();
  router.use(
    createClustersRouter({
      ...options,
      registrar: ClusterRegistrar.create(options),
    }),
  );
  router.use(createDeletionRouter(options));
  router.use(createSharesRouter(options));
  router.use(createOnboardingRouter(options));
  router.use(createChecksRouter(options));
  return router;
}
