import { Router } from 'express';
import { createGrantsRouter } from './grantsRouter';
import { createNamespacesRouter } from './namespacesRouter';
import { TenancyRouterOptions } from './options';
import { createQuotaRouter } from './quotaRouter';
import { createQuotasRouter } from './quotasRouter';
import { jsonBody } from '../../http/controlCharacters';

/** 200 grants and a quota of 100 resources. */
const BODY_LIMIT = '128kb';

/** Everything that is about namespaces, their grants and their quotas. */
export function createTenancyRouter(options: TenancyRouterOptions): Router {
  const router = Router();
  router.use(jsonBody(BODY_LIMIT));
  router.use(createNamespacesRouter(options));
  router.use(createGrantsRouter(options));
  router.use(createQuotaRouter(options));
  router.use(createQuotasRouter(options));
  return router;
}
