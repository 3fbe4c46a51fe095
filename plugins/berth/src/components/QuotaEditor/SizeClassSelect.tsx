import { useCallback } from 'react';
import { Select } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { tenancyApiRef } from '../../api';
import { usePolling } from '../../hooks';
import { useText } from '../common';
import { QuotaForm, formOf } from './quotaForm';

const CUSTOM = 'custom';

/** Fills the form with a preset of the configuration. Without presets there is nothing to choose. */
export function SizeClassSelect(props: {
  form: QuotaForm;
  onChange: (form: QuotaForm) => void;
}) {
  const { form, onChange } = props;
  const t = useText();
  const api = useApi(tenancyApiRef);
  const load = useCallback(() => api.listSizeClasses(), [api]);
  const classes = usePolling(load, () => undefined).value?.items ?? [];
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
        ...classes.map(({ name, title, description }) => ({
          id: name,
          label: title ?? name,
          ...(description && { description }),
        })),
      ]}
    />
  );
}
