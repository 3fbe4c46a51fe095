import {
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ClusterAccess } from '@berth/plugin-berth-backend/src/access/ClusterAccess';
import { NamespaceAccess } from '@berth/plugin-berth-backend/src/access/NamespaceAccess';
import { Authorizer } from '@berth/plugin-berth-backend/src/access/permissions/Authorizer';
import { Person } from '@berth/plugin-berth-backend/src/access/types';
import { DatabaseClusterStore } from '@berth/plugin-berth-backend/src/registry/DatabaseClusterStore';
import { DatabaseShareStore } from '@berth/plugin-berth-backend/src/registry/DatabaseShareStore';
import { DatabaseTenancy } from '@berth/plugin-berth-backend/src/tenancy/DatabaseTenancy';
import { createNamespacesRouter } from '@berth/plugin-berth-backend/src/tenancy/router/namespacesRouter';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import express from 'express';
import { Knex } from 'knex';

const allowAll: Partial<PermissionsService> = {
  authorizeConditional: async requests =>
    requests.map((): PolicyDecision => ({ result: AuthorizeResult.ALLOW })),
};

const noRules = {
  getPermissionRuleset: () => ({
    getRuleByName: (name: string) => {
      throw new Error(`There is no rule ${name}`);
    },
  }),
};

/** Where the routes are. */
export const ROUTES = { empty: '/empty', namespaces: '/namespaces' };

/**
 * The routes of namespaces over a database, for one person, and one beside them that only asks who is
 * calling. Sign-in and policy answer at once, so both cost less than in a portal, the empty one above all.
 */
export function createListRouter(knex: Knex, person: Person): express.Router {
  const clusters = DatabaseClusterStore.create(knex);
  const shares = DatabaseShareStore.create(knex);
  const tenancy = DatabaseTenancy.create(knex);
  const { grants, namespaces } = tenancy;
  const authorizer = new Authorizer({
    permissions: allowAll as PermissionsService,
    permissionsRegistry: noRules as unknown as PermissionsRegistryService,
  });
  const access = new ClusterAccess({
    authorizer,
    clusters,
    httpAuth: signedInAs(person) as HttpAuthService,
    people: { resolve: async () => person },
    shares,
  });
  const namespaceAccess = new NamespaceAccess({
    authorizer,
    clusterAccess: access,
    grants,
    namespaces,
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
        shares,
        tenancy,
      } as unknown as Parameters<typeof createNamespacesRouter>[0]),
    );
}

function signedInAs({ userRef }: Person) {
  const credentials = {
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'user', userEntityRef: userRef },
  };
  return { credentials: async () => credentials } as unknown;
}
