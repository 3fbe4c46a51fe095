export { createCharts } from './charts/createCharts';
export { createChartVerifier } from './createChartVerifier';
export { createHelm } from './createHelm';
export { createHelmOperations } from './createHelmOperations';
export type { HelmOperations } from './createHelmOperations';
export { isHelmEnabled, readsConfigMaps } from './settings';
