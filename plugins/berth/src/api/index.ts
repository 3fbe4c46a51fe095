export { berthApiRef } from './berthApiRef';
export { berthApiFactory } from './berthApiFactory';
