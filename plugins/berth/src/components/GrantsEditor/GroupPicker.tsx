import { EntityPicker, EntityPickerProps } from '../EntityPicker';

/** Picks a group of the catalog. */
export function GroupPicker(props: EntityPickerProps) {
  return <EntityPicker kind="group" {...props} />;
}
