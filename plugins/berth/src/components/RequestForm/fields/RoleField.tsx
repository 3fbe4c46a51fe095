import { Radio, RadioGroup } from '@backstage/ui';
import { NAMESPACE_ROLES } from '@berth/plugin-berth-common';
import { useText } from '../../common';
import { RequestFormState } from '../useRequestForm';

/** Which role; what it allows is said of the one that is chosen. */
export function RoleField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { role } = form.values;
  return (
    <RadioGroup
      label={t('requestForm.role')}
      description={t(`role.hint.${role}`)}
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
  );
}
