export * from './KubeconfigPaste';
export * from './clusterForm';
export * from './fields';
