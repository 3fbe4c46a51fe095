export { ObjectPage } from './ObjectPage';
