import { EntityPicker, EntityPickerProps } from './EntityPicker';

/** Picks a person of the catalog, by name or display name. */
export function UserPicker(props: EntityPickerProps) {
  return <EntityPicker kind="user" {...props} />;
}
