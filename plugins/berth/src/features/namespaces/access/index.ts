export { GrantList } from './GrantList';
export { GrantRows } from './GrantRows';
export { GrantsEditor } from './GrantsEditor';
export { hasPastEnd } from './grantChanges';
