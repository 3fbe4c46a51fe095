import { InputError } from '@backstage/errors';
import { Router } from 'express';
import { ProxyCallers } from './callers';
import { KubeProxy } from './KubeProxy';
import { writeError } from './writeError';

/**
 * The routes of the proxy. The backend's own check of credentials lets requests below this path in, so the router
 * answers all of them: none reaches another route.
 */
export const PROXY_PATH = '/clusters/:name/proxy';

/** Serves the proxy. It must be mounted before anything that reads bodies. */
export function createProxyRouter(options: {
  callers: ProxyCallers;
  proxy: KubeProxy;
}): Router {
  const { callers, proxy } = options;
  const router = Router();
  router.use(PROXY_PATH, (request, response, next) => {
    const { name } = request.params as { name: string };
    const { baseUrl, originalUrl } = request;
    // The router ignores a scheme and host, which name another server, and takes two slashes for one.
    const handled = originalUrl.startsWith(baseUrl)
      ? proxy.handle(request, response, {
          cluster: name,
          url: originalUrl.slice(baseUrl.length),
        })
      : Promise.reject(
          new InputError('The URL must be without a scheme and host'),
        );
    handled.catch(error =>
      writeError(error, response, {
        kubectl: callers.isKubectl(request),
        next,
      }),
    );
  });
  return router;
}
