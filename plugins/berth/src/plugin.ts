import {
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { berthApiFactory } from './api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  chartVersionField,
  clusterField,
  groupField,
  namespaceField,
  namespaceNameField,
  requestPreviewField,
  sizeClassField,
} from './features/templates';
import { rootRouteRef, routes } from './routes';

/**
 * Berth for apps of the legacy frontend system.
 *
 * @public
 */
export const berthPlugin = createPlugin({
  id: 'berth',
  apis: [berthApiFactory],
  routes,
});

/**
 * All pages of Berth, for mounting at `/berth`.
 *
 * @public
 */
export const BerthPage = berthPlugin.provide(
  createRoutableExtension({
    name: 'BerthPage',
    component: () => import('./pages').then(m => m.BerthPages),
    mountPoint: rootRouteRef,
  }),
);

/**
 * Field of a template's form for a cluster that the person may see; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthClusterPicker = berthPlugin.provide(
  createScaffolderFieldExtension(clusterField),
);

/**
 * Field of a template's form for one of the person's groups; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthGroupPicker = berthPlugin.provide(
  createScaffolderFieldExtension(groupField),
);

/**
 * Field of a template's form for a namespace of the person's groups; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthNamespacePicker = berthPlugin.provide(
  createScaffolderFieldExtension(namespaceField),
);

/**
 * Field of a template's form for the name of a new namespace; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthNamespaceName = berthPlugin.provide(
  createScaffolderFieldExtension(namespaceNameField),
);

/**
 * Part of a template's form that shows what the rules would decide; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthRequestPreview = berthPlugin.provide(
  createScaffolderFieldExtension(requestPreviewField),
);

/**
 * Field of a template's form for a size class; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthSizeClassPicker = berthPlugin.provide(
  createScaffolderFieldExtension(sizeClassField),
);

/**
 * Form field of templates: a version of the chart that the options `repository` and `chart` name.
 *
 * @public
 */
export const BerthChartVersionPicker = berthPlugin.provide(
  createScaffolderFieldExtension(chartVersionField),
);

/**
 * Tab on the page of a group: the namespaces in which the group has a role.
 *
 * @public
 */
export const EntityGroupAccessContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityGroupAccessContent',
    component: {
      lazy: () =>
        import('./pages/entity').then(m => m.EntityGroupAccessContent),
    },
  }),
);

/**
 * Tab on the page of a user: their access to clusters, and why they have it.
 *
 * @public
 */
export const EntityUserAccessContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityUserAccessContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityUserAccessContent),
    },
  }),
);

/**
 * Tab on the page of a Resource of type `kubernetes-cluster`.
 *
 * @public
 */
export const EntityClusterContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityClusterContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityClusterContent),
    },
  }),
);

/**
 * Tab on the page of a Resource of type `kubernetes-namespace`.
 *
 * @public
 */
export const EntityNamespaceContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityNamespaceContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityNamespaceContent),
    },
  }),
);

/**
 * Tab on the page of a component or system: the namespaces where it runs.
 *
 * @public
 */
export const EntityNamespacesContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityNamespacesContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityNamespacesContent),
    },
  }),
);

/**
 * Tab on the page of a component or system: its workloads in all its namespaces.
 *
 * @public
 */
export const EntityWorkloadsContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityWorkloadsContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityWorkloadsContent),
    },
  }),
);

/**
 * Tab on the page of a component or system: the Helm releases in its namespaces.
 *
 * @public
 */
export const EntityReleasesContent = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityReleasesContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityReleasesContent),
    },
  }),
);

/**
 * Card for the overview of a component or system: the namespaces where it runs.
 *
 * @public
 */
export const EntityNamespacesCard = berthPlugin.provide(
  createComponentExtension({
    name: 'EntityNamespacesCard',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityNamespacesCard),
    },
  }),
);
