import {
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { berthApiFactory, requestsApiFactory, tenancyApiFactory } from './api';
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
