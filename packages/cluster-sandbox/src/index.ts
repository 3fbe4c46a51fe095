/**
 * A Kubernetes API server in memory, for demos, tests and load.
 *
 * @packageDocumentation
 */

export { adminKubeconfig } from './commandLine/kubeconfig';
export { SandboxCluster } from './SandboxCluster';
export { makeServingCertificate } from './server/certificates';
export type { ServingCertificate } from './server/certificates';
export type { SandboxIssuer, SandboxOptions } from './SandboxCluster';
export type { KubeObject, ObjectMeta } from './types';
