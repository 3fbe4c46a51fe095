/**
 * The parts of the backend that the benchmarks measure. Not published: only packages of this repository can import
 * it, and it may change at any time.
 *
 * @packageDocumentation
 */

export { Callers } from './src/access/Callers';
export { ClusterAccess } from './src/access/ClusterAccess';
export { ClusterReads } from './src/access/ClusterReads';
export { DefaultTokenService } from './src/access/DefaultTokenService';
export { NamespaceAccess } from './src/access/NamespaceAccess';
export { Authorizer } from './src/access/permissions/Authorizer';
export { registerPermissions } from './src/access/permissions/registerPermissions';
export { DatabaseActivityLog } from './src/audit/DatabaseActivityLog';
export { migrate } from './src/database/migrate';
export { createDirectoryRouter, DatabaseDirectory } from './src/directory';
export { createCharts, createHelm } from './src/helm';
export { createHelmParts } from './src/helm/helmParts';
export { openRelease } from './src/helm/operations/ReleaseAsPerson';
export { digestKeyOf } from './src/helm/previews/digest';
export { Previews } from './src/helm/previews/Previews';
export { HelmRunner } from './src/helm/runner';
export type { HelmRun } from './src/helm/runner';
export { JoseTokenSigner } from './src/issuer/JoseTokenSigner';
export { ReusingTokenSigner } from './src/issuer/ReusingTokenSigner';
export { JWKS_PATH } from './src/issuer/documents';
export { ISSUER_PATH } from './src/issuer/issuerUrl';
export { DefaultKeyRing } from './src/issuer/keys/DefaultKeyRing';
export { readKeyRingOptions } from './src/issuer/keys/readKeyRingOptions';
export type { KeyAlgorithm } from './src/issuer/keys/types';
export { createIssuerHandler } from './src/issuer/router';
export {
  AddressPolicy,
  DefaultKubeClientFactory,
  NAMESPACES,
  ROLE_BINDINGS,
} from './src/kube';
export type { KubeClient, KubeObject, KubeResource } from './src/kube';
export { collectionPath, objectPath } from './src/kube/objectPath';
export type { ClusterRecord } from './src/model/clusters';
export type { Person } from './src/model/people';
export type {
  GrantRecord,
  NamespaceRecord,
  QuotaRecord,
} from './src/model/tenancy';
export { StreamLimits } from './src/access/StreamLimits';
export { createProxy } from './src/proxy';
export { ClusterTokenVerifier } from './src/proxy/ClusterTokenVerifier';
export { ReconcilerWorkers } from './src/reconciler/ReconcilerWorkers';
export { createReconciler } from './src/reconciler/createReconciler';
export { desired } from './src/reconciler/desired';
export { differs } from './src/reconciler/drift';
export { keyOf } from './src/reconciler/keys';
export { PullSecrets } from './src/reconciler/pullSecrets/PullSecrets';
export { KINDS } from './src/reconciler/kinds';
export { readProfiles } from './src/reconciler/profiles/readProfiles';
export type { Profile } from './src/reconciler/profiles/types';
export type {
  NamespaceObject,
  RoleBindingObject,
  Tenants,
} from './src/reconciler/types';
export { createResources } from './src/resources';
export { DatabaseClusterStore } from './src/registry/DatabaseClusterStore';
export { DatabaseGrantStore } from './src/tenancy/DatabaseGrantStore';
export { DatabasePersonalNamespaceStore } from './src/tenancy/DatabasePersonalNamespaceStore';
export { DatabaseShareStore } from './src/tenancy/DatabaseShareStore';
export { DatabaseTenancy } from './src/tenancy/DatabaseTenancy';
export { createNamespacesRouter } from './src/tenancy/router/namespacesRouter';
