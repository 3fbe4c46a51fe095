import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { berthApiFactory } from './api';
import { addClusterRouteRef, clusterRouteRef, rootRouteRef } from './routes';

const berthApi = ApiBlueprint.make({
  params: defineParams => defineParams(berthApiFactory),
});

const berthPage = PageBlueprint.make({
  params: {
    path: '/berth',
    routeRef: rootRouteRef,
    title: 'Kubernetes',
    icon: <RiShipLine />,
    loader: () => import('./components/BerthPages').then(m => <m.BerthPages />),
  },
});

/**
 * Berth for apps of the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'berth',
  title: 'Kubernetes',
  icon: <RiShipLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    addCluster: addClusterRouteRef,
    cluster: clusterRouteRef,
  },
  extensions: [berthApi, berthPage],
});
