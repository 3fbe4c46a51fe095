export * from './commands';
export * from './KubeconfigDownload';
export * from './LoginSteps';
export * from './useKubectlPortal';
export * from './useLifetimeText';
