/**
 * A real Kubernetes control plane, and helpers for tests that use it.
 *
 * @packageDocumentation
 */

export * from './adminKubeconfig';
export type { ControlPlaneOidc } from './apiServerArguments';
export * from './ControlPlane';
export * from './createTestCertificates';
export * from './describeWithControlPlane';
export * from './freePort';
export * from './judgeAdmission';
export * from './KubernetesAuthenticator';
export * from './ManagedProcess';
export * from './PolicyWebhook';
export * from './runKubectl';
export * from './TemporaryDirectory';
export * from './verifyWithKubernetes';
