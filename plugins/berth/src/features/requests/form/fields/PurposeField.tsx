import { TextAreaField } from '@backstage/ui';
import { useText } from '../../../../kit';
import { RequestFormState } from '../useRequestForm';

/** Why, in the words of the requester. */
export function PurposeField({ form }: { form: RequestFormState }) {
  const t = useText();
  return (
    <TextAreaField
      label={t('requestForm.purpose')}
      secondaryLabel={t('requestForm.optional')}
      description={t('requestForm.purposeHint')}
      rows={2}
      value={form.values.purpose}
      onChange={purpose => form.change({ purpose })}
      onBlur={() => form.touch('purpose')}
      validate={() => form.errorOf('purpose')}
      validationBehavior="aria"
    />
  );
}
