import { FormField } from '../../../../kit/form';
import { SystemPicker } from '../../../../kit/pickers';
import { RequestFormState } from '../requestForm';

/** Chooses the catalog's system that a new namespace is part of. */
export function SystemField({ form }: { form: RequestFormState }) {
  return (
    <FormField form={form} name="system">
      {({ value, onChange, isInvalid, describedBy }) => (
        <SystemPicker
          value={value || undefined}
          onChange={(system = '') => onChange(system)}
          isInvalid={isInvalid}
          describedBy={describedBy}
        />
      )}
    </FormField>
  );
}
