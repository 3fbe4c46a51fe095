import { ClusterCause } from '@berth/plugin-berth-common';
import { KubeError, KubeFailure } from '../../kube';
import { ANOTHER_CLUSTER_HINT } from '../../identity/assertSameCluster';
import { ProbeResult } from '../../model/clusters';

type FailedProbe = Exclude<ProbeResult, { state: 'Connected' }>;

const CAUSES: Record<KubeFailure, ClusterCause> = {
  DNS: 'DNS',
  TCP: 'TCP',
  TLS: 'TLS',
  Timeout: 'Timeout',
  Protocol: 'Protocol',
  Unauthorized: 'Unauthorized',
  Forbidden: 'Forbidden',
  // Every API server answers these requests. Such an answer comes from another kind of server, or from a broken one.
  NotFound: 'Protocol',
  Conflict: 'Protocol',
  Gone: 'Protocol',
  Invalid: 'Protocol',
  TooManyRequests: 'Protocol',
  ServerError: 'Protocol',
};

const STATES: Record<ClusterCause, FailedProbe['state']> = {
  DNS: 'Unreachable',
  TCP: 'Unreachable',
  Timeout: 'Unreachable',
  Protocol: 'Unreachable',
  TLS: 'Untrusted',
  Unauthorized: 'Unauthorized',
  Forbidden: 'Forbidden',
  AnotherCluster: 'Untrusted',
};

const HINTS: Record<ClusterCause, string> = {
  DNS: 'Check the host name of the API server, and that the portal can resolve it',
  TCP: 'Check the address and port, and that the network lets the portal reach them',
  TLS: 'Give the CA that signed the API server certificate, or an address that the certificate names',
  Timeout:
    'Check that the API server is up, and that no firewall between the portal and it drops packets',
  Protocol:
    'Check that the address is that of the API server itself, and that it is healthy (/readyz)',
  Unauthorized:
    "Set up the API server's OIDC flags as step 2 of Onboarding says; after a change it may take half a minute",
  Forbidden: 'Apply the onboarding manifest to the cluster with kubectl',
  AnotherCluster: ANOTHER_CLUSTER_HINT,
};

const ADDRESS_REFUSED_HINT =
  'Use an address outside the refused ranges, or list its range under berth.allowedAddresses';

/** Returns the status of a cluster after a failed call. */
export function describeFailure(error: KubeError): FailedProbe {
  const cause = CAUSES[error.failure];
  return {
    state: STATES[cause],
    cause,
    problem: error.message,
    hint:
      error.reason === 'AddressRefused' ? ADDRESS_REFUSED_HINT : HINTS[cause],
  };
}
