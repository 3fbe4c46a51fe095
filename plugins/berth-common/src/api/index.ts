export * from './access';
export * from './activity';
export * from './charts';
export * from './checks';
export * from './clusterQuotas';
export * from './clusters';
export * from './directory';
export * from './errors';
export * from './grants';
export * from './helm';
export * from './helmOperations';
export * from './helmPreviews';
export * from './helmRequests';
export * from './keys';
export * from './kubeconfig';
export * from './kubectl';
export * from './logs';
export * from './namespaces';
export * from './objects';
export * from './onboarding';
export * from './personalNamespaces';
export * from './plan';
export * from './profiles';
export * from './quotas';
export * from './requests';
export * from './nodes';
export * from './resources';
export * from './routes';
export * from './shares';
export * from './terminal';
export * from './values';
export type { CountedPage, List, Page } from './paging';
export {
  clusterName as clusterNameSchema,
  dnsLabel as dnsLabelSchema,
  dryRunQuerySchema,
  labelValue as labelValueSchema,
  objectName as objectNameSchema,
  qualifiedName as qualifiedNameSchema,
} from './fields';
export type { QueryOf } from './fields';
