import { EntityPicker, EntityPickerProps } from '.';

/** Picks a group of the catalog. */
export function GroupPicker(props: EntityPickerProps) {
  return <EntityPicker kind="group" {...props} />;
}
