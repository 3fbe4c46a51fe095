import {
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import express from 'express';
import { Knex } from 'knex';
import {
  Authorizer,
  Callers,
  ClusterAccess,
  ClusterReads,
  createNamespacesRouter,
  DatabaseClusterStore,
  DatabaseShareStore,
  DatabaseTenancy,
  NamespaceAccess,
  Person,
  registerPermissions,
} from '../backend';

/** The paths of the routes. */
export const ROUTES = { empty: '/empty', namespaces: '/namespaces' };

export interface ListServices {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}

/** Creates the routes of namespaces over a database, and an empty route that only reads who is calling. */
export function createListRouter(
  knex: Knex,
  people: Person[],
  services: ListServices,
): express.Router {
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);
  const tenancy = DatabaseTenancy.create(knex);
  const { grants, namespaces, personal, quotas } = tenancy;
  registerPermissions(services.permissionsRegistry, {
    clusters,
    grants,
    namespaces,
    personal,
    shares,
  });
  const authorizer = new Authorizer(services);
  const access = new ClusterAccess({
    authorizer,
    callers: new Callers({
      httpAuth: services.httpAuth,
      people: {
        async resolve({ principal }) {
          const known = people.find(
            ({ userRef }) => userRef === principal.userEntityRef,
          );
          if (!known) {
            throw new NotAllowedError(`${principal.userEntityRef} is unknown`);
          }
          return known;
        },
      },
    }),
    clusters,
    reads: new ClusterReads({ clusters, shares }),
    shares,
  });
  const namespaceAccess = new NamespaceAccess({
    authorizer,
    clusterAccess: access,
    clusters,
    grants,
    namespaces,
    personal,
    quotas,
  });
  return express
    .Router()
    .get(ROUTES.empty, async (request, response, next) => {
      try {
        await access.caller(request);
        response.json({});
      } catch (error) {
        next(error);
      }
    })
    .use(
      createNamespacesRouter({
        access,
        namespaceAccess,
        tenancy,
      } as unknown as Parameters<typeof createNamespacesRouter>[0]),
    );
}
