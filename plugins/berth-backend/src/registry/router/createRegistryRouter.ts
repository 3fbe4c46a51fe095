import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express, { Router } from 'express';
import { AddressPolicy, KubeClientFactory } from '../../kube';
import { ClusterAccess } from '../../access/ClusterAccess';
import {
  ClusterChanges,
  ClusterProbes,
  ClusterStore,
  ShareStore,
} from '../types';
import { OnboardingSettings } from '../onboarding/readOnboardingSettings';
import { createChecksRouter } from './checksRouter';
import { createClustersRouter } from './clustersRouter';
import { createOnboardingRouter } from './onboardingRouter';
import { createSharesRouter } from './sharesRouter';

/** 500 groups with names, or a CA bundle with escaped line ends. */
const BODY_LIMIT = '256kb';

export interface RegistryRouterOptions {
  access: ClusterAccess;
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  clients: KubeClientFactory;
  clusters: ClusterStore;
  /** The `iss` of tokens. */
  issuer: string;
  onboarding: OnboardingSettings;
  probes: ClusterProbes;
  shares: ShareStore;
}

/** Everything below `/clusters` that is about registering and sharing them. */
export function createRegistryRouter(options: RegistryRouterOptions): Router {
  const router = Router();
  router.use(express.json({ limit: BODY_LIMIT }));
  router.use(createClustersRouter(options));
  router.use(createSharesRouter(options));
  router.use(createOnboardingRouter(options));
  router.use(createChecksRouter(options));
  return router;
}
