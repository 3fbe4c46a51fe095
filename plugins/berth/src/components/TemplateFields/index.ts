export { clusterField, groupField, sizeClassField } from './fields';
