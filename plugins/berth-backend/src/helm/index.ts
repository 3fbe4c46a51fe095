export { isHelmEnabled } from './settings';
