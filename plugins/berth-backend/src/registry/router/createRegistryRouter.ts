import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import express, { Router } from 'express';
import { PersonResolver } from '../../access/types';
import { AddressPolicy, KubeClientFactory } from '../../kube';
import { ClusterAccess } from '../ClusterAccess';
import {
  ClusterChanges,
  ClusterProbes,
  ClusterStore,
  ShareStore,
} from '../types';
import { createChecksRouter } from './checksRouter';
import { createClustersRouter } from './clustersRouter';
import { createOnboardingRouter } from './onboardingRouter';
import { createSharesRouter } from './sharesRouter';

/** 500 groups with names, or a CA bundle with escaped line ends. */
const BODY_LIMIT = '256kb';

export interface RegistryRouterOptions {
  addressPolicy: AddressPolicy;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  clients: KubeClientFactory;
  clusters: ClusterStore;
  httpAuth: HttpAuthService;
  /** The `iss` of tokens. */
  issuer: string;
  people: PersonResolver;
  probes: ClusterProbes;
  shares: ShareStore;
}

/** Everything below `/clusters` that is about registering and sharing them. */
export function createRegistryRouter(options: RegistryRouterOptions): Router {
  const access = new ClusterAccess(options);
  const routed = { ...options, access };
  const router = Router();
  router.use(express.json({ limit: BODY_LIMIT }));
  router.use(createClustersRouter(routed));
  router.use(createSharesRouter(routed));
  router.use(createOnboardingRouter(routed));
  router.use(createChecksRouter(routed));
  return router;
}
