import { ButtonIcon, Flex, Text, TextField } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { formatAmount, useResourceLabel } from '.';
import { ToneText, useText } from '..';
import { AddResource } from './AddResource';
import styles from './quotaFields.module.css';
import { QuotaForm, problemsOf } from './quotaForm';

/** Edits the limits, one line for each resource, with the usage. */
export function HardFields(props: {
  form: QuotaForm;
  used?: Record<string, string>;
  /** Whether the namespace does not exist yet. */
  nothingUsed?: boolean;
  onChange: (form: QuotaForm) => void;
}) {
  const { form, used, nothingUsed, onChange } = props;
  const t = useText();
  const labelOf = useResourceLabel();
  const problems = problemsOf(form);
  // Custom amounts are no longer a size class.
  const change = (hard: Record<string, string>) =>
    onChange({ ...form, hard, sizeClass: '' });
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t('quotas.editor.hard')}</legend>
      <Text as="p" variant="body-small" color="secondary">
        {t('quotas.editor.hardHint')}
      </Text>
      {Object.entries(form.hard).map(([resource, amount]) => (
        <div key={resource} className={styles.line}>
          <TextField
            className={styles.amount}
            label={labelOf(resource)}
            description={usedText(resource)}
            size="small"
            value={amount}
            isInvalid={resource in problems}
            onChange={typed => change({ ...form.hard, [resource]: typed })}
            autoComplete="off"
          />
          <ButtonIcon
            variant="tertiary"
            icon={<RiCloseLine />}
            aria-label={t('quotas.editor.remove', {
              resource: labelOf(resource),
            })}
            onPress={() => {
              const { [resource]: removed, ...rest } = form.hard;
              change(rest);
            }}
          />
          {resource in problems && (
            <ToneText
              as="p"
              variant="body-small"
              tone="danger"
              className={styles.problem}
            >
              {t(`quotas.editor.error.${problems[resource]}`, {
                value: amount.trim(),
              })}
            </ToneText>
          )}
        </div>
      ))}
      <Flex>
        <AddResource
          taken={Object.keys(form.hard)}
          onAdd={resource => change({ ...form.hard, [resource]: '' })}
        />
      </Flex>
    </fieldset>
  );

  function usedText(resource: string): string | undefined {
    if (nothingUsed) {
      return undefined;
    }
    return used?.[resource] === undefined
      ? t('quotas.editor.usedUnknown')
      : t('quotas.editor.usedNow', {
          used: formatAmount(resource, used[resource]),
        });
  }
}
