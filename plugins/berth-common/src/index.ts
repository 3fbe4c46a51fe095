/**
 * Types, names and the API client that Berth's frontend and backend share.
 *
 * @packageDocumentation
 */

export * from './activity';
export * from './client';
export * from './checks';
export * from './clusterSettings';
export * from './directory';
export * from './kubeconfig';
export * from './live';
export * from './kubernetesNames';
export * from './kubernetesPlugin';
export * from './parseKubeconfig';
export * from './names';
export * from './permissions';
export * from './quantity';
export * from './quotaRules';
export * from './refusal';
export * from './explain';
export * from './namespaces';
export * from './onboarding';
export * from './plan';
export * from './requests';
export * from './tokenSize';
export * from './types';
export * from './yaml';
