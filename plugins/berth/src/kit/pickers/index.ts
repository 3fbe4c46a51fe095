export {
  EntityPicker,
  UserPicker,
  SystemPicker,
  GroupPicker,
} from './EntityPicker';
export type { EntityPickerProps } from './EntityPicker';
export { UntilField } from './UntilField';
