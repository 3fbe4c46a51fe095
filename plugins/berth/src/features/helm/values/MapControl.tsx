import { useState } from 'react';
import { Button, FieldLabel, TextAreaField, TextField } from '@backstage/ui';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import type { ControlProps } from './FieldControl';
import type { FieldPart } from './fieldState';
import styles from './values.module.css';

/** An object of texts under any names, such as labels. */
export function MapControl(props: ControlProps<FieldPart>) {
  const { part, state, problemId, isDisabled, onEntryChange } = props;
  const { label } = part;
  const t = useText();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const entries =
    typeof state.value === 'object' && state.value !== null
      ? Object.entries(state.value)
      : [];
  const isTaken = entries.some(([key]) => key === name.trim());
  return (
    <div
      role="group"
      aria-label={label}
      aria-describedby={problemId}
      className={styles.map}
    >
      <FieldLabel label={label} description={part.description} />
      {entries.map(([key, value]) => {
        const shown = value === null ? '' : String(value);
        // A field of one line would drop the ends of lines.
        const Field = /\n/.test(shown) ? TextAreaField : TextField;
        return (
          <div key={key} className={styles.entry}>
            <Field
              label={key}
              isDisabled={isDisabled || value === HELM_MASK}
              value={shown}
              onChange={(typed: string) => onEntryChange(key, typed)}
            />
            <Button
              variant="secondary"
              isDisabled={isDisabled}
              aria-label={t('helm.form.removeEntry', { name: key, label })}
              onPress={() => onEntryChange(key, undefined)}
            >
              {t('helm.form.remove')}
            </Button>
          </div>
        );
      })}
      <div className={styles.entry}>
        <TextField
          label={t('helm.form.entryName')}
          isDisabled={isDisabled}
          value={name}
          validate={() => (isTaken ? t('helm.form.entryTaken') : undefined)}
          validationBehavior="aria"
          onChange={setName}
        />
        <TextField
          label={t('helm.form.entryValue')}
          isDisabled={isDisabled}
          value={text}
          onChange={setText}
        />
        <Button
          variant="secondary"
          isDisabled={isDisabled || name.trim() === '' || isTaken}
          aria-label={t('helm.form.addEntry', { label })}
          onPress={() => {
            onEntryChange(name.trim(), text);
            setName('');
            setText('');
          }}
        >
          {t('helm.form.add')}
        </Button>
      </div>
    </div>
  );
}
