import { useText } from '..';
import { EntityPicker, EntityPickerProps } from './EntityPicker';

/** Picks the system of the catalog that a namespace is part of, or none. */
export function SystemPicker(props: Omit<EntityPickerProps, 'label'>) {
  const t = useText();
  return (
    <EntityPicker
      kind="system"
      label={t('newNamespace.system')}
      secondaryLabel={t('newNamespace.optional')}
      description={t('newNamespace.systemHint')}
      {...props}
    />
  );
}
