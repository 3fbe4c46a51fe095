export { EntityPicker } from './EntityPicker';
export type { EntityPickerProps } from './EntityPicker';
export { UserPicker } from './UserPicker';
export { SystemPicker } from './SystemPicker';
export { GroupPicker } from './GroupPicker';
export { UntilField } from './UntilField';
