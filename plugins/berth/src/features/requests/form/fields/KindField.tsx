import { useId } from 'react';
import { Radio, RadioGroup, Text } from '@backstage/ui';
import { KINDS } from '../../list/requestsQuery';
import { formOf } from '../../../../kit/quota';
import { useText } from '../../../../kit';
import styles from '../RequestForm.module.css';
import { RequestFormState } from '../requestForm';

/** Chooses the kind of the request. */
export function KindField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { kind } = form.values;
  const hintId = useId();
  return (
    <div className={styles.choice}>
      <RadioGroup
        aria-label={t('requestForm.kind')}
        aria-describedby={hintId}
        orientation="horizontal"
        value={kind}
        onChange={chosen => {
          const next = KINDS.find(one => one === chosen);
          if (next) {
            // Another kind has other bounds.
            form.change({ kind: next, quota: formOf() });
          }
        }}
      >
        {KINDS.map(one => (
          <Radio key={one} value={one}>
            {t(`requestForm.kinds.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      <Text as="p" id={hintId} variant="body-small" color="secondary">
        {t(`requestForm.kinds.${kind}Hint`)}
      </Text>
    </div>
  );
}
