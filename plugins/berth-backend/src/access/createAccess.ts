import {
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { TokenSigner } from '../issuer/types';
import { PersonalNamespaceStore, QuotaStore } from '../model/tenancy';
import { readAdminGroups, readAuditorGroups } from './adminGroups';
import { Callers } from './Callers';
import { CallerResolver } from './CallerResolver';
import { CatalogPersonResolver } from './CatalogPersonResolver';
import { ClusterAccess } from './ClusterAccess';
import { ClusterEntries } from './ClusterEntries';
import { ClusterReads } from './ClusterReads';
import { DefaultTokenService } from './DefaultTokenService';
import { NamespaceAccess } from './NamespaceAccess';
import { SharedEntities } from './SharedEntities';
import { Authorizer } from './permissions/Authorizer';
import {
  PermissionStores,
  registerPermissions,
} from './permissions/registerPermissions';

export interface CreateAccessOptions extends PermissionStores {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  personal: PersonalNamespaceStore;
  quotas: QuotaStore;
  signer: TokenSigner;
}

/** Creates the parts that identify people, decide on their access and mint their tokens. */
export function createAccess(options: CreateAccessOptions) {
  const { auth, config, logger, permissionsRegistry } = options;
  registerPermissions(permissionsRegistry, options);
  const authorizer = new Authorizer(options);
  const adminGroups = readAdminGroups(config, logger);
  const groups = { adminGroups, auditorGroups: readAuditorGroups(config) };
  // Devices work while nobody looks, so a person who left loses them at once (S52).
  const catalogPeople = new CatalogPersonResolver({
    ...groups,
    catalog: new SharedEntities({ ...options, maxAgeMs: 0 }),
  });
  const people = new CallerResolver({
    auth,
    people: new CatalogPersonResolver({
      ...groups,
      catalog: new SharedEntities(options),
    }),
  });
  const callers = new Callers({ httpAuth: options.httpAuth, people });
  const clusterReads = new ClusterReads(options);
  const access = new ClusterAccess({
    ...options,
    authorizer,
    callers,
    reads: clusterReads,
  });
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
    clusterReads,
    entries: new ClusterEntries({ access, tokens }),
    namespaceAccess,
    people,
    tokens,
  };
}
