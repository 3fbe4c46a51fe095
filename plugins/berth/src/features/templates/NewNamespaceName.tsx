import { NameField } from '../../kit/NameField';
import { useNameCheck } from '../../kit/hooks';
import { useText } from '../../kit';
import { PickerProps } from './PickerField';

/** Takes the name of a new namespace, and checks it on the cluster of the form while the person types. */
export function BerthNamespaceName(props: PickerProps) {
  const { formData = '', onChange, schema, uiSchema, rawErrors } = props;
  const t = useText();
  const cluster = fieldOf(props, 'cluster');
  const check = useNameCheck(cluster, formData, fieldOf(props, 'group'));
  // In a template nobody can take a namespace over.
  const taken =
    check.state === 'adoptable'
      ? t('requestForm.error.namespaceTaken', { name: formData, cluster })
      : undefined;
  return (
    <NameField
      name={formData}
      cluster={cluster}
      check={check}
      problem={rawErrors?.length ? rawErrors.join('; ') : taken}
      adopt={false}
      label={uiSchema?.['ui:title'] ?? schema.title}
      description={uiSchema?.['ui:description'] ?? schema.description}
      isRequired={props.required}
      isDisabled={props.disabled || props.readonly}
      onChange={name => onChange(name || undefined)}
    />
  );
}

/**
 * Returns the value of another field of the form, whose name `ui:options` may give as `clusterField` or
 * `groupField`; empty without a value.
 */
export function fieldOf(
  { formContext, uiSchema }: PickerProps,
  field: 'cluster' | 'group',
): string {
  const name = uiSchema?.['ui:options']?.[`${field}Field`] ?? field;
  const value = formContext?.formData?.[String(name)];
  return typeof value === 'string' ? value : '';
}
