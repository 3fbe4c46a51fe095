import { Select } from '@backstage/ui';
import { useSizeClasses } from '../hooks';
import { useText } from '..';
import { usePlacementText } from './sizes';
import { QuotaForm, formOf } from './quotaForm';

const CUSTOM = 'custom';

/** Fills the form with a preset of the configuration. Without presets, shows nothing. */
export function SizeClassSelect(props: {
  form: QuotaForm;
  onChange: (form: QuotaForm) => void;
}) {
  const { form, onChange } = props;
  const t = useText();
  const placementOf = usePlacementText();
  const classes = useSizeClasses().value ?? [];
  if (classes.length === 0) {
    return null;
  }
  return (
    <Select
      label={t('quotas.editor.sizeClass')}
      value={form.sizeClass || CUSTOM}
      onChange={key => {
        const chosen = classes.find(({ name }) => name === key);
        onChange(
          chosen
            ? {
                ...formOf(chosen),
                sizeClass: chosen.name,
                priorityClasses: form.priorityClasses,
              }
            : { ...form, sizeClass: '' },
        );
      }}
      options={[
        { id: CUSTOM, label: t('quotas.editor.custom') },
        ...classes.map(size => {
          const description = [size.description, placementOf(size)]
            .filter(Boolean)
            .join(': ');
          return {
            id: size.name,
            label: size.title ?? size.name,
            ...(description && { description }),
          };
        }),
      ]}
    />
  );
}
