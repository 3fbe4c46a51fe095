export { createCharts } from './charts/createCharts';
export { createChartsAndOperations } from './createChartsAndOperations';
export { createHelm } from './createHelm';
export type { HelmOperations } from './createHelmOperations';
export { isHelmEnabled, readsConfigMaps } from './settings';
