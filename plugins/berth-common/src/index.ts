/**
 * Types, names and the API client that Berth's frontend and backend share.
 *
 * @packageDocumentation
 */

export * from './api';
export * from './client';
export * from './directoryGroup';
export * from './keyWords';
export * from './kubeconfig';
export * from './live';
export * from './logPosition';
export * from './kubernetesNames';
export * from './kubernetesPlugin';
export * from './parseKubeconfig';
export * from './names';
export * from './permissions';
export * from './quantity';
export * from './quotaRules';
export * from './errorFromApi';
export * from './tokenSize';
export * from './yaml';
export * from './visibleText';
