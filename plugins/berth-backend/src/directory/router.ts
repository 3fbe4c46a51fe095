import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { directoryQuerySchema } from '@berth/plugin-berth-common';
import { parseBody } from '../validation/parseBody';
import { pagingOf } from '../validation/pageCursor';
import { Directory } from './types';

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

  async function pagingFor(request: Request, list: string) {
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
    return pagingOf(list, {
      limit: DEFAULT_LIMIT,
      ...parseBody(directoryQuerySchema, request.query),
    });
  }

  router.get('/directory/clusters', async (request, response) => {
    const { page, present } = await pagingFor(request, 'directory/clusters');
    const found = await directory.clusters(page);
    response.json(present(found, found.items));
  });

  router.get('/directory/namespaces', async (request, response) => {
    const { page, present } = await pagingFor(request, 'directory/namespaces');
    const found = await directory.namespaces(page);
    response.json(present(found, found.items));
  });

  return router;
}
