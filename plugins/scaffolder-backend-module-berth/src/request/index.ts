export { RequestRunner } from './RequestRunner';
