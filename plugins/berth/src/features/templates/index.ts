export {
  chartVersionField,
  clusterField,
  groupField,
  namespaceField,
  namespaceNameField,
  requestPreviewField,
  sizeClassField,
} from './fields';
