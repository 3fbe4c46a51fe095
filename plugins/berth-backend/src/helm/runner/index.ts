/**
 * Runs helm for a person. helm gets no credential: it calls a relay on the loopback address, and the relay calls the
 * cluster with the token of the person. No other folder of the portal starts helm.
 *
 * @packageDocumentation
 */

export { HelmRunner } from './HelmRunner';
export type { HelmRunnerOptions } from './HelmRunner';
export { HelmVerifier } from './HelmVerifier';
export type { SignedChart } from './HelmVerifier';
export * from './types';
