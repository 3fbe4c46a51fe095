export { berthApiRef, berthApiFactory } from './berthApi';
