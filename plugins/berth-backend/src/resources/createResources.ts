import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createAbilitiesRouter } from './abilities/router';
import { createApplyRouter } from './apply/router';
import { createKindsRouter } from './kinds/router';
import { KindReader } from './kinds/KindReader';
import { createListsRouter } from './lists/router';
import { createLogsRouter } from './logs/router';
import { createObjectsRouter } from './objects/router';
import { createMigRouter } from './mig/router';
import { createNodesRouter } from './nodes/router';
import { ResourceParts, ResourcesOptions } from './types';

/** Creates the routes of what runs on the clusters. Every call to a cluster carries the token of the caller. */
export function createResources(options: ResourcesOptions): Router {
  const parts: ResourceParts = {
    ...options,
    kinds: new KindReader(options),
  };
  const router = PromiseRouter();
  router.use(createAbilitiesRouter(parts));
  router.use(createApplyRouter(parts));
  router.use(createKindsRouter(parts));
  router.use(createListsRouter(parts));
  router.use(createNodesRouter(parts));
  router.use(createMigRouter(parts));
  router.use(createLogsRouter(parts));
  router.use(createObjectsRouter(parts));
  return router;
}
