export { GrantList } from './GrantList';
export { GrantRows } from './GrantRows';
export { GrantsEditor } from './GrantsEditor';
export { GroupPicker } from './GroupPicker';
export { UntilField } from './UntilField';
export { hasPastEnd } from './grantChanges';
