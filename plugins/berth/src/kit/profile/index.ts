export { ProfileItems } from './ProfileItems';
export { UnsupportedItems } from './UnsupportedItems';
