export { EntityPicker } from './EntityPicker';
export type { EntityPickerProps } from './EntityPicker';
export { SystemPicker } from './SystemPicker';
