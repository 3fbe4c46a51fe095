import { Router } from 'express';
import { createGrantsRouter } from './grantsRouter';
import { createNamespacesRouter } from './namespacesRouter';
import { TenancyRouterOptions } from './options';
import { createQuotaRouter } from './quotaRouter';
import { createQuotasRouter } from './quotasRouter';

/** Creates the routes for namespaces, their grants and their quotas. */
export function createTenancyRouter(options: TenancyRouterOptions): Router {
  const router = Router();
  router.use(createNamespacesRouter(options));
  router.use(createGrantsRouter(options));
  router.use(createQuotaRouter(options));
  router.use(createQuotasRouter(options));
  return router;
}
