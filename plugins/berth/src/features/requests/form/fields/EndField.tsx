import { useId } from 'react';
import { Text } from '@backstage/ui';
import { useText } from '../../../../kit';
import { FormField } from '../../../../kit/form';
import { UntilField } from '../../../../kit/pickers';
import styles from '../RequestForm.module.css';
import { RequestFormState } from '../requestForm';

/** Chooses the end of the group's access. */
export function EndField({ form }: { form: RequestFormState }) {
  const t = useText();
  const hintId = useId();
  return (
    <FormField form={form} name="expiresAt">
      {({ value, onChange, isInvalid, describedBy }) => (
        <>
          <div className={styles.moment}>
            <UntilField
              label={t('requestForm.expiresAt')}
              showLabel
              secondaryLabel={t('requestForm.optional')}
              expiresAt={value}
              isInvalid={isInvalid}
              describedBy={`${hintId} ${describedBy}`}
              onChange={onChange}
            />
          </div>
          <Text as="p" id={hintId} variant="body-small" color="secondary">
            {t('requestForm.expiresHint')}
          </Text>
        </>
      )}
    </FormField>
  );
}
