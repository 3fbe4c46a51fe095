/**
 * Berth's clusters for the Kubernetes plugin.
 *
 * @packageDocumentation
 */

export { kubernetesModuleBerth as default } from './kubernetesModuleBerth';
