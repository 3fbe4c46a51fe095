import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SizeClass } from '@berth/plugin-berth-common';
import { ClusterAccess } from '../../access/ClusterAccess';
import { NamespaceAccess } from '../../access/NamespaceAccess';
import { TokenService } from '../../access/types';
import { KubeClient, KubeClientFactory } from '../../kube';
import { ClusterChanges, ClusterRecord } from '../../model/clusters';
import { NamespaceNameRules } from '../../model/namespaceNames';
import { Tenancy } from '../../model/tenancy';

export interface TenancyRouterOptions {
  access: ClusterAccess;
  /** Adopts an existing namespace of a cluster. @returns its UID, if the namespace exists */
  adopt: (
    client: KubeClient,
    cluster: ClusterRecord,
    name: string,
  ) => Promise<string | undefined>;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  clients: KubeClientFactory;
  namespaceAccess: NamespaceAccess;
  names: NamespaceNameRules;
  sizeClasses: SizeClass[];
  tenancy: Tenancy;
  tokens: TokenService;
}
