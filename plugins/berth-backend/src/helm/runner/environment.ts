import { join } from 'node:path';
import { KUBECONFIG_FILE } from './files';

/** Where helm keeps its files and reaches the relay. */
export interface HelmPlace {
  goMemoryMiB: number;
  proxyUrl: string;
}

/**
 * Returns all environment variables of helm. None is from the portal, so that no setting of the portal, such as
 * `HELM_PLUGINS`, changes what helm does.
 *
 * @param place - absent where helm calls no cluster
 */
export function helmEnvironment(
  folder: string,
  place?: HelmPlace,
): Record<string, string> {
  return {
    HOME: folder,
    TMPDIR: folder,
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_DATA_HOME: join(folder, 'data'),
    HELM_NO_PLUGINS: '1',
    HELM_DRIVER: 'secret',
    KUBECONFIG: join(folder, KUBECONFIG_FILE),
    NO_COLOR: '1',
    ...(place && {
      GOMEMLIMIT: `${place.goMemoryMiB}MiB`,
      HTTP_PROXY: place.proxyUrl,
      HTTPS_PROXY: place.proxyUrl,
    }),
  };
}
