import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createHelmParts } from './helmParts';
import { createReleaseListRouter } from './listRouter';
import { createReleaseRouter } from './router';
import { HelmOptions } from './types';

/** Creates the routes that read Helm releases. */
export function createHelm(options: HelmOptions): Router {
  const parts = createHelmParts(options);
  const router = PromiseRouter();
  router.use(createReleaseListRouter(parts));
  router.use(createReleaseRouter(parts));
  return router;
}
