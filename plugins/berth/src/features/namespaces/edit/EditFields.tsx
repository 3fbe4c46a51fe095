import { ReactNode, useId } from 'react';
import { Text, TextField } from '@backstage/ui';
import { useGroupTitles } from '../../../kit/hooks';
import { SystemPicker } from '../../../kit/pickers';
import { GroupPicker } from '../../../kit/pickers';
import { ActionButton, ToneText, useText } from '../../../kit';
import styles from './NamespaceEditor.module.css';
import { NamespaceField } from './namespaceEdit';
import { NamespaceEditing } from './useNamespaceEditor';

/** Owner, system and purpose, with what the server said of each. */
export function EditFields(props: {
  editing: NamespaceEditing;
  /** Whether it is a home namespace, which keeps its owner. */
  home: boolean;
}) {
  const { editing, home } = props;
  const { values, change } = editing;
  const t = useText();
  const titleOf = useGroupTitles(values.owner ? [values.owner] : []);
  return (
    <>
      {home ? (
        <Text color="secondary">
          {t('editNamespace.home', { owner: titleOf(values.owner) })}
        </Text>
      ) : (
        <Field field="owner" editing={editing}>
          {problem => (
            <div className={styles.removable}>
              <GroupPicker
                className={styles.picker}
                label={t('editNamespace.field.owner')}
                secondaryLabel={t('newNamespace.optional')}
                description={t('newNamespace.ownerHint')}
                value={values.owner || undefined}
                onChange={(owner = '') => change({ owner })}
                {...problem}
              />
              <RemoveButton field="owner" editing={editing} />
            </div>
          )}
        </Field>
      )}
      <Field field="system" editing={editing}>
        {problem => (
          <div className={styles.removable}>
            <SystemPicker
              className={styles.picker}
              value={values.system || undefined}
              onChange={(system = '') => change({ system })}
              {...problem}
            />
            <RemoveButton field="system" editing={editing} />
          </div>
        )}
      </Field>
      <Field field="purpose" editing={editing}>
        {({ isInvalid, describedBy }) => (
          <TextField
            label={t('editNamespace.field.purpose')}
            secondaryLabel={t('newNamespace.optional')}
            size="small"
            value={values.purpose}
            onChange={purpose => change({ purpose })}
            isInvalid={isInvalid}
            aria-describedby={describedBy}
          />
        )}
      </Field>
    </>
  );
}

/** What was picked cannot be unpicked by emptying the picker: it puts it back. */
function RemoveButton(props: {
  field: 'owner' | 'system';
  editing: NamespaceEditing;
}) {
  const { field, editing } = props;
  const t = useText();
  return (
    <ActionButton
      size="small"
      variant="tertiary"
      onPress={() => editing.change({ [field]: '' })}
      disabledReason={
        editing.values[field] ? undefined : t(`editNamespace.none.${field}`)
      }
    >
      {t(`editNamespace.remove.${field}`)}
    </ActionButton>
  );
}

function Field(props: {
  field: NamespaceField;
  editing: NamespaceEditing;
  children: (problem: { isInvalid: boolean; describedBy: string }) => ReactNode;
}) {
  const { field, editing, children } = props;
  const id = useId();
  const text = editing.errors.fields[field];
  return (
    <div>
      {children({ isInvalid: text !== undefined, describedBy: id })}
      <div id={id} role="status">
        {text && (
          <ToneText as="p" tone="danger" variant="body-small">
            {text}
          </ToneText>
        )}
      </div>
    </div>
  );
}
