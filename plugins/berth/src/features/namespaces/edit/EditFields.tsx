import { ComponentType } from 'react';
import { Text } from '@backstage/ui';
import { ActionButton, useText } from '../../../kit';
import { Form, FormField, FormText } from '../../../kit/form';
import { useGroupTitles } from '../../../kit/hooks';
import {
  EntityPickerProps,
  GroupPicker,
  SystemPicker,
} from '../../../kit/pickers';
import styles from './NamespaceEditor.module.css';
import { NamespaceValues } from './namespaceEdit';

type EditedForm = Form<NamespaceValues>;

/** Edits owner, system and purpose. */
export function EditFields(props: {
  form: EditedForm;
  /** What keeps the owner: a home namespace has one as long as the share, a personal one until it is transferred. */
  fixedOwner?: 'home' | 'personal';
}) {
  const { form, fixedOwner } = props;
  const { owner } = form.values;
  const t = useText();
  const titleOf = useGroupTitles(owner ? [owner] : []);
  return (
    <>
      {fixedOwner ? (
        <Text color="secondary">
          {t(`editNamespace.${fixedOwner}`, { owner: titleOf(owner) })}
        </Text>
      ) : (
        <PickerField
          form={form}
          name="owner"
          picker={GroupPicker}
          label={t('editNamespace.field.owner')}
          secondaryLabel={t('newNamespace.optional')}
          description={t('newNamespace.ownerHint')}
        />
      )}
      <PickerField
        form={form}
        name="system"
        picker={SystemPicker}
        label={t('newNamespace.system')}
      />
      <FormText
        form={form}
        name="purpose"
        label={t('editNamespace.field.purpose')}
        secondaryLabel={t('newNamespace.optional')}
        size="small"
      />
    </>
  );
}

/** A picker with a button to remove the choice, because emptying the picker restores it. */
function PickerField(
  props: Pick<EntityPickerProps, 'label' | 'secondaryLabel' | 'description'> & {
    form: EditedForm;
    name: 'owner' | 'system';
    picker: ComponentType<EntityPickerProps>;
  },
) {
  const { form, name, picker: Picker, ...texts } = props;
  const t = useText();
  return (
    <FormField form={form} name={name}>
      {({ value, onChange, isInvalid, describedBy }) => (
        <div className={styles.removable}>
          <Picker
            className={styles.picker}
            {...texts}
            value={value || undefined}
            onChange={(picked = '') => onChange(picked)}
            isInvalid={isInvalid}
            describedBy={describedBy}
          />
          <ActionButton
            size="small"
            variant="tertiary"
            onPress={() => onChange('')}
            disabledReason={value ? undefined : t(`editNamespace.none.${name}`)}
          >
            {t(`editNamespace.remove.${name}`)}
          </ActionButton>
        </div>
      )}
    </FormField>
  );
}
