import {
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { TokenSigner } from '../issuer/types';
import { QuotaStore } from '../model/tenancy';
import { readAdminGroups, readAuditorGroups } from './adminGroups';
import { Callers } from './Callers';
import { CachingPersonResolver } from './CachingPersonResolver';
import { CatalogPersonResolver } from './CatalogPersonResolver';
import { ClusterAccess } from './ClusterAccess';
import { DefaultTokenService } from './DefaultTokenService';
import { NamespaceAccess } from './NamespaceAccess';
import { Authorizer } from './permissions/Authorizer';
import {
  PermissionStores,
  registerPermissions,
} from './permissions/registerPermissions';

export interface CreateAccessOptions extends PermissionStores {
  catalog: CatalogService;
  config: Config;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  quotas: QuotaStore;
  signer: TokenSigner;
}

/** Creates the parts that identify people, decide on their access and mint their tokens. */
export function createAccess(options: CreateAccessOptions) {
  const { catalog, config, logger, permissionsRegistry } = options;
  registerPermissions(permissionsRegistry, options);
  const authorizer = new Authorizer(options);
  const adminGroups = readAdminGroups(config, logger);
  const catalogPeople = new CatalogPersonResolver({
    catalog,
    adminGroups,
    auditorGroups: readAuditorGroups(config),
  });
  const people = new CachingPersonResolver(catalogPeople);
  const callers = new Callers({ httpAuth: options.httpAuth, people });
  const access = new ClusterAccess({ ...options, authorizer, callers });
  const namespaceAccess = new NamespaceAccess({
    ...options,
    authorizer,
    clusterAccess: access,
  });
  const tokens = new DefaultTokenService(options);
  return {
    access,
    adminGroups,
    authorizer,
    callers,
    catalogPeople,
    namespaceAccess,
    people,
    tokens,
  };
}
