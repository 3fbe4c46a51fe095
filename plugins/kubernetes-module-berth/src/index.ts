/**
 * Berth's tokens for the pages of the Kubernetes plugin.
 *
 * @packageDocumentation
 */

export { berthKubernetesAuthProvidersFactory } from './authProvidersFactory';
export { kubernetesModuleBerth as default } from './kubernetesModuleBerth';
