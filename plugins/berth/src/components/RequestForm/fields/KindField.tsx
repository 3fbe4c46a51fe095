import { Radio, RadioGroup } from '@backstage/ui';
import { KINDS } from '../../RequestsPage/requestsQuery';
import { formOf } from '../../QuotaEditor';
import { useText } from '../../common';
import { RequestFormState } from '../useRequestForm';

/** What is asked for. */
export function KindField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { kind } = form.values;
  return (
    <RadioGroup
      aria-label={t('requestForm.kind')}
      description={t(`requestForm.kinds.${kind}Hint`)}
      orientation="horizontal"
      value={kind}
      onChange={chosen => {
        const next = KINDS.find(one => one === chosen);
        if (next) {
          // Another kind is about other bounds.
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
  );
}
