export * from './KubeconfigPaste';
export * from './clusterForm';
export * from './fields';
export * from './useClusterForm';
export type { KubeconfigCluster } from './parseKubeconfig';
