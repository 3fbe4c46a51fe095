import {
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { berthApiFactory, requestsApiFactory, tenancyApiFactory } from './api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  clusterField,
  groupField,
  sizeClassField,
} from './components/TemplateFields';
import { rootRouteRef, routes } from './routes';

/**
 * Berth for apps of the legacy frontend system.
 *
 * @public
 */
export const berthPlugin = createPlugin({
  id: 'berth',
  apis: [berthApiFactory, tenancyApiFactory, requestsApiFactory],
  routes,
});

/**
 * All pages of Berth, to be mounted at `/berth`.
 *
 * @public
 */
export const BerthPage = berthPlugin.provide(
  createRoutableExtension({
    name: 'BerthPage',
    component: () => import('./components/BerthPages').then(m => m.BerthPages),
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
 * Field of a template's form for a size class; below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const BerthSizeClassPicker = berthPlugin.provide(
  createScaffolderFieldExtension(sizeClassField),
);
