/**
 * A Kubernetes API server in memory, for demos, tests and load.
 *
 * @packageDocumentation
 */

export { SandboxCluster } from './SandboxCluster';
export type { SandboxIssuer, SandboxOptions } from './SandboxCluster';
export type { KubeObject, ObjectMeta } from './types';
