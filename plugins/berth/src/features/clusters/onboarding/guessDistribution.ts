import { Cluster } from '@berth/plugin-berth-common';
import { Distribution } from './useDistribution';

const BY_VERSION: [RegExp, Distribution][] = [
  [/\+k3s/i, 'k3s'],
  [/\+rke2/i, 'rke2'],
  [/-eks-/i, 'eks'],
  [/-gke\./i, 'gke'],
];

const BY_HOST: [RegExp, Distribution][] = [
  [/\.eks\.amazonaws\.com$/i, 'eks'],
  [/\.azmk8s\.io$/i, 'aks'],
  [/\.gke\.goog$/i, 'gke'],
  [/(^|\.)api\.[^.]+\.openshiftapps\.com$/i, 'openshift'],
];

/** The minor version from which AuthenticationConfiguration is on by default. */
const STRUCTURED_SINCE = 30;

/** Guesses the distribution of a cluster from its version, address and connection. */
export function guessDistribution(
  cluster: Pick<Cluster, 'apiServer' | 'connection'>,
  version = '',
): Distribution {
  const host = URL.canParse(cluster.apiServer)
    ? new URL(cluster.apiServer).hostname
    : '';
  const known =
    BY_VERSION.find(([pattern]) => pattern.test(version)) ??
    BY_HOST.find(([pattern]) => pattern.test(host));
  if (known) {
    return known[1];
  }
  if (cluster.connection === 'serviceAccount') {
    return 'gke';
  }
  const minor = Number(/^v1\.(\d+)/.exec(version)?.[1]);
  return minor >= STRUCTURED_SINCE
    ? 'authentication-config'
    : 'apiserver-flags';
}
