import { AuditorService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SizeClass } from '@berth/plugin-berth-common';
import { ClusterAccess } from '../../access/ClusterAccess';
import { NamespaceAccess } from '../../access/NamespaceAccess';
import { TokenService } from '../../access/types';
import { KubeClientFactory } from '../../kube';
import { ClusterChanges, ShareStore } from '../../registry/types';
import { Tenancy } from '../types';

export interface TenancyRouterOptions {
  access: ClusterAccess;
  auditor: AuditorService;
  catalog: CatalogService;
  changes: ClusterChanges;
  clients: KubeClientFactory;
  namespaceAccess: NamespaceAccess;
  shares: ShareStore;
  sizeClasses: SizeClass[];
  tenancy: Tenancy;
  tokens: TokenService;
}
