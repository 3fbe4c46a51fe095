import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { directoryQuerySchema } from '@berth/plugin-berth-common';
import { parseBody } from '../validation/parseBody';
import { Directory, PageRequest } from './types';

/**
 * The services that may read everything: the portal's catalog and search, which check the access of each person
 * again. Neither people nor other plugins may read it.
 */
const READERS: ReadonlySet<string> = new Set([
  'plugin:catalog',
  'plugin:search',
]);

const DEFAULT_LIMIT = 500;

export interface DirectoryRouterOptions {
  directory: Directory;
  httpAuth: HttpAuthService;
}

/** Serves `GET /directory/clusters` and `GET /directory/namespaces` to services. There are no writes. */
export function createDirectoryRouter({
  directory,
  httpAuth,
}: DirectoryRouterOptions): Router {
  const router = PromiseRouter();

  async function page(request: Request): Promise<PageRequest> {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['service'],
    });
    if (!READERS.has(principal.subject)) {
      throw new NotAllowedError(
        `The directory is for ${[...READERS].join(' and ')}, not for ${
          principal.subject
        }`,
      );
    }
    return {
      limit: DEFAULT_LIMIT,
      ...parseBody(directoryQuerySchema, request.query),
    };
  }

  router.get('/directory/clusters', async (request, response) => {
    response.json(await directory.clusters(await page(request)));
  });

  router.get('/directory/namespaces', async (request, response) => {
    response.json(await directory.namespaces(await page(request)));
  });

  return router;
}
