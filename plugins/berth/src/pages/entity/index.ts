export { EntityClusterContent } from './ClusterEntity';
export { EntityGroupAccessContent } from './GroupAccess';
export { EntityNamespaceContent } from './NamespaceEntity';
export { EntityNamespacesCard } from './NamespacesCard';
export { EntityNamespacesContent } from './EntityNamespaces';
export { EntityUserReachContent } from './UserReach';
