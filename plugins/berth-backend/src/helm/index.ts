export { createCharts } from './charts/createCharts';
export { createHelm } from './createHelm';
export { isHelmEnabled, readsConfigMaps } from './settings';
