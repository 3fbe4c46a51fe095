import { HelmReleaseAddress } from '@berth/plugin-berth-common';

/** Returns the path of the page of a release in the portal. */
export function releasePage({
  cluster,
  namespace,
  release,
}: HelmReleaseAddress): string {
  return `/berth/clusters/${cluster}/namespaces/${namespace}/releases/${release}`;
}
