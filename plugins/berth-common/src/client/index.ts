export * from './BerthApi';
export * from './BerthClient';
export * from './ChartsApi';
export type { BerthClientOptions } from './http';
export * from './HelmApi';
export * from './ResourcesApi';
export * from './TerminalApi';
