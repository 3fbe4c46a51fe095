export { GrantList } from './GrantList';
export { GrantRows } from './GrantRows';
export { GrantsEditor } from './GrantsEditor';
export { grantsSchema, hasPastEnd } from './grantChanges';
