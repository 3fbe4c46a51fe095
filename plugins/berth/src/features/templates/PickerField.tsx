import { useEffect } from 'react';
import { Button, Select } from '@backstage/ui';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Polled } from '../../kit/query';
import { ProblemAlert, ToneText, useText } from '../../kit';

/** The most options without a search; more do not fit on screen. */
const SEARCHABLE = 10;

/** The props that a template's form gives a field with one name. */
export type PickerProps = FieldExtensionComponentProps<string>;

export interface PickerOption {
  id: string;
  label: string;
  description?: string;
}

/**
 * Chooses one option in the form of a template. A single option and the usual one are chosen automatically. A name from the template
 * or an address stays until another is chosen, so that the validation can report its error.
 */
export function PickerField(props: {
  field: PickerProps;
  /** The label, if the template has none. */
  label: string;
  placeholder: string;
  /** Shown if there is nothing to choose. */
  emptyText: string;
  loaded: Polled<PickerOption[]>;
  /** The option that is chosen automatically. */
  usual?: string;
}) {
  const { field, loaded } = props;
  const { formData, onChange, required, schema, uiSchema, rawErrors } = field;
  const t = useText();
  const options = loaded.value ?? [];
  const first = options.length === 1 ? options[0].id : props.usual;
  useEffect(() => {
    if (first && required && !formData) {
      onChange(first);
    }
    // Only newly loaded options are chosen automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first]);

  if (!loaded.value && loaded.error !== undefined) {
    return (
      <div>
        <ProblemAlert error={loaded.error} />
        <Button
          variant="secondary"
          isPending={loaded.refreshing}
          onPress={() => loaded.refresh()}
        >
          {t('picker.retry')}
        </Button>
      </div>
    );
  }
  if (loaded.value?.length === 0) {
    return (
      <div role="status">
        <ToneText tone="warning">{props.emptyText}</ToneText>
      </div>
    );
  }
  const isListed = options.some(({ id }) => id === formData);
  return (
    <Select
      label={uiSchema?.['ui:title'] ?? schema.title ?? props.label}
      description={uiSchema?.['ui:description'] ?? schema.description}
      placeholder={loaded.value ? props.placeholder : t('picker.loading')}
      isRequired={required}
      isDisabled={!loaded.value || field.disabled || field.readonly}
      {...(options.length > SEARCHABLE && { search: true as const })}
      value={formData || null}
      onChange={key => onChange(key ? String(key) : undefined)}
      validate={() => (rawErrors?.length ? rawErrors.join('; ') : undefined)}
      validationBehavior="aria"
      options={
        formData && !isListed
          ? [...options, { id: formData, label: formData }]
          : options
      }
    />
  );
}
