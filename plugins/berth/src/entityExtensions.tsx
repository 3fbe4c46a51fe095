import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  hasNamespaces,
  hasWorkloads,
  isCluster,
  isGroup,
  isNamespace,
  isUser,
} from './pages/entity/entities';

/** Tabs and cards on the pages of entities, for apps of the new frontend system. */
export const entityExtensions = [
  EntityContentBlueprint.make({
    name: 'group-access',
    params: {
      path: '/kubernetes-access',
      title: 'Kubernetes access',
      filter: isGroup,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityGroupAccessContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'user-access',
    params: {
      path: '/kubernetes-access',
      title: 'Kubernetes access',
      filter: isUser,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityUserAccessContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'cluster',
    params: {
      path: '/kubernetes-cluster',
      title: 'Cluster',
      filter: isCluster,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityClusterContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'namespace',
    params: {
      path: '/kubernetes-namespace',
      title: 'Namespace',
      filter: isNamespace,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityNamespaceContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'namespaces',
    params: {
      path: '/kubernetes-namespaces',
      title: 'Namespaces',
      filter: hasNamespaces,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityNamespacesContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'workloads',
    params: {
      path: '/kubernetes-workloads',
      title: 'Workloads',
      filter: hasWorkloads,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityWorkloadsContent />),
    },
  }),
  EntityContentBlueprint.make({
    name: 'releases',
    params: {
      path: '/helm-releases',
      title: 'Helm releases',
      filter: hasNamespaces,
      loader: () =>
        import('./pages/entity').then(m => <m.EntityReleasesContent />),
    },
  }),
  EntityCardBlueprint.make({
    name: 'namespaces',
    params: {
      filter: hasNamespaces,
      type: 'content',
      loader: () =>
        import('./pages/entity').then(m => <m.EntityNamespacesCard />),
    },
  }),
];
