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
import { ResilientFetcher } from './ResilientFetcher';

/**
 * Gives the Kubernetes plugin the clusters that the caller can see in Berth, in addition to its own clusters.
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
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        fetchers: kubernetesFetcherExtensionPoint,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({
        auth,
        clusters,
        config,
        discovery,
        fetchers,
        lifecycle,
        logger,
      }) {
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
        fetchers.addFetcher(async ({ getDefault }) => {
          const fetcher = ResilientFetcher.fromConfig(
            config,
            await getDefault(),
          );
          lifecycle.addShutdownHook(() => fetcher.close());
          return fetcher;
        });
      },
    });
  },
});
