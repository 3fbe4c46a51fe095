import { Text, TextField } from '@backstage/ui';
import { useResourceLabel } from '.';
import { ToneText, useText } from '..';
import styles from './quotaFields.module.css';
import {
  DEFAULTED,
  Defaulted,
  QuotaForm,
  defaultProblem,
  limitProblemsOf,
  missingDefaults,
} from './quotaForm';

/** Edits the defaults of containers without requests or limits. */
export function DefaultFields(props: {
  form: QuotaForm;
  onChange: (form: QuotaForm) => void;
}) {
  const { form, onChange } = props;
  const t = useText();
  const labelOf = useResourceLabel();
  const field = (part: 'requests' | 'limits', name: Defaulted) => {
    const amount = form[part][name];
    const problem = defaultProblem(name, amount);
    return (
      <TextField
        key={`${part}.${name}`}
        className={styles.default}
        label={t(
          part === 'requests'
            ? 'quotas.editor.defaultRequest'
            : 'quotas.editor.defaultLimit',
          { resource: t(`resource.node.${name}`) },
        )}
        description={
          problem &&
          t(`quotas.editor.error.${problem}`, { value: amount.trim() })
        }
        size="small"
        value={amount}
        isInvalid={problem !== undefined}
        onChange={typed =>
          onChange({
            ...form,
            sizeClass: '',
            [part]: { ...form[part], [name]: typed },
          })
        }
        autoComplete="off"
      />
    );
  };
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('quotas.editor.defaults')}</legend>
      <Text as="p" variant="body-small" color="secondary">
        {t('quotas.editor.defaultsHint')}
      </Text>
      <div className={styles.defaults}>
        {DEFAULTED.flatMap(name => [
          field('requests', name),
          field('limits', name),
        ])}
      </div>
      {limitProblemsOf(form).map(problem => (
        <ToneText key={problem} as="p" variant="body-small" tone="danger">
          {problem}
        </ToneText>
      ))}
      {missingDefaults(form).map(resource => (
        <ToneText key={resource} as="p" variant="body-small" tone="warning">
          {t('quotas.editor.defaultMissing', { resource: labelOf(resource) })}
        </ToneText>
      ))}
    </fieldset>
  );
}
