export {
  clusterField,
  groupField,
  namespaceField,
  sizeClassField,
} from './fields';
