import { useId } from 'react';
import { Text } from '@backstage/ui';
import { UntilField } from '../../../../kit/pickers';
import { useText } from '../../../../kit';
import styles from '../RequestForm.module.css';
import { RequestFormState } from '../useRequestForm';
import { FieldProblem } from './FieldProblem';

/** When the group's access ends. */
export function EndField({ form }: { form: RequestFormState }) {
  const t = useText();
  const id = useId();
  const problem = form.errorOf('expiresAt');
  return (
    <div>
      <div className={styles.moment}>
        <UntilField
          label={t('requestForm.expiresAt')}
          showLabel
          secondaryLabel={t('requestForm.optional')}
          expiresAt={form.values.expiresAt}
          isInvalid={problem !== undefined}
          describedBy={`${id}-hint ${id}-problem`}
          onChange={expiresAt => form.change({ expiresAt })}
        />
      </div>
      <Text as="p" id={`${id}-hint`} variant="body-small" color="secondary">
        {t('requestForm.expiresHint')}
      </Text>
      <FieldProblem id={`${id}-problem`} text={problem} />
    </div>
  );
}
