export { RequestRunner } from './RequestRunner';
export type { RequestRunnerOptions } from './types';
