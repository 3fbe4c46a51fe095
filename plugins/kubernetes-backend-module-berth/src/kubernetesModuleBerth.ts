import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  kubernetesClusterSupplierExtensionPoint,
  kubernetesFetcherExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { BerthClusterSupplier } from './BerthClusterSupplier';
import { MergedClusterSupplier } from './MergedClusterSupplier';
import { SteadyFetcher } from './SteadyFetcher';

/**
 * Gives the Kubernetes plugin the clusters that the caller may see in Berth, beside those that it finds
 * itself.
 *
 * @public
 */
export const kubernetesModuleBerth = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'berth',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        clusters: kubernetesClusterSupplierExtensionPoint,
        discovery: coreServices.discovery,
        fetchers: kubernetesFetcherExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ auth, clusters, discovery, fetchers, logger }) {
        clusters.addClusterSupplier(async ({ getDefault }) =>
          MergedClusterSupplier.create({
            logger,
            sources: [
              {
                name: 'Berth',
                supplier: BerthClusterSupplier.create({ auth, discovery }),
              },
              {
                name: 'the Kubernetes plugin',
                supplier: await getDefault(),
              },
            ],
          }),
        );
        fetchers.addFetcher(async ({ getDefault }) =>
          SteadyFetcher.create({ fetcher: await getDefault() }),
        );
      },
    });
  },
});
