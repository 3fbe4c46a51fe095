export { createResources } from './createResources';
