import { useId } from 'react';
import { Radio, RadioGroup, Text } from '@backstage/ui';
import { NAMESPACE_ROLES } from '@berth/plugin-berth-common';
import { useText } from '../../../../kit';
import styles from '../RequestForm.module.css';
import { RequestFormState } from '../requestForm';

/** Chooses the role, with a description of the chosen one. */
export function RoleField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { role } = form.values;
  const hintId = useId();
  return (
    <div className={styles.choice}>
      <RadioGroup
        label={t('requestForm.role')}
        aria-describedby={hintId}
        orientation="horizontal"
        value={role}
        onChange={chosen =>
          form.change({
            role: NAMESPACE_ROLES.find(one => one === chosen) ?? role,
          })
        }
      >
        {[...NAMESPACE_ROLES].reverse().map(one => (
          <Radio key={one} value={one}>
            {t(`role.${one}`)}
          </Radio>
        ))}
      </RadioGroup>
      <Text as="p" id={hintId} variant="body-small" color="secondary">
        {t(`role.hint.${role}`)}
      </Text>
    </div>
  );
}
