import { ClusterField } from '../clusterForm';
import { ClusterForm } from '../useClusterForm';

/** What all text fields of the form have in common. */
export function propsOf(form: ClusterForm, field: ClusterField) {
  return {
    name: field,
    value: form.values[field],
    onChange: (value: string) => form.change({ [field]: value }),
    onBlur: () => form.touch(field),
    // An isInvalid of our own would hide the message.
    validate: () => form.errorOf(field),
    validationBehavior: 'aria' as const,
  };
}
