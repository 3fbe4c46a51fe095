export { createHelm } from './createHelm';
export { isHelmEnabled, readsConfigMaps } from './settings';
