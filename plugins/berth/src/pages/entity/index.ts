export { EntityClusterContent } from './ClusterEntity';
export { EntityGroupAccessContent } from './GroupAccess';
export { EntityNamespaceContent } from './NamespaceEntity';
export {
  EntityNamespacesCard,
  EntityNamespacesContent,
} from './EntityNamespaces';
export { EntityUserAccessContent } from './UserAccess';
