/**
 * Clusters: their settings, shares, connections and states.
 *
 * @packageDocumentation
 */

export { connectToClusters } from './connection/connectToClusters';
export { ConnectionStrategies } from './connection/ConnectionStrategies';
export { createConnections } from './connection/createConnections';
export { scheduleCredentialRenewal } from './connection/scheduleCredentialRenewal';
export type { CredentialRenewalOptions } from './connection/scheduleCredentialRenewal';
export {
  OidcConnection,
  RECONCILER_USERNAME,
} from './connection/OidcConnection';
export { ClusterRegistrar } from './ClusterRegistrar';
export { ConfiguredClusterSync } from './configured/ConfiguredClusterSync';
export { DatabaseClusterStore } from './DatabaseClusterStore';
export { createDoctor } from './doctor';
export type { CheckRunStore, ClusterDoctor } from './doctor';
export { ClusterIdentity } from './ClusterIdentity';
export { readOnboardingSettings } from './onboarding/readOnboardingSettings';
export type { OnboardingSettings } from './onboarding/readOnboardingSettings';
export { ClusterProber } from './probe/ClusterProber';
export { createRegistryRouter } from './router/createRegistryRouter';
export type { RegistryRouterOptions } from './router/createRegistryRouter';
