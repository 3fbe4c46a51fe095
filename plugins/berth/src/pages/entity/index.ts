export { EntityClusterContent } from './ClusterEntity';
export { EntityGroupAccessContent } from './GroupAccess';
export { EntityNamespaceContent } from './NamespaceEntity';
export {
  EntityNamespacesCard,
  EntityNamespacesContent,
} from './EntityNamespaces';
export { EntityReleasesContent } from './EntityReleases';
export { EntityWorkloadsContent } from './EntityWorkloads';
export { EntityUserAccessContent } from './UserAccess';
