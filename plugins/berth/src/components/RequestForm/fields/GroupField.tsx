import { useEffect } from 'react';
import { groupName } from '../../../format';
import { useAccess } from '../../../hooks';
import { ToneText, useText } from '../../common';
import { RequestFormState } from '../useRequestForm';
import { ChoiceField } from './ChoiceField';

/** For which of the caller's groups. */
export function GroupField({ form }: { form: RequestFormState }) {
  const t = useText();
  const { value: access } = useAccess();
  const { group } = form.values;
  const { change } = form;
  const groups = access?.groups ?? [];
  const only = groups.length === 1 ? groups[0] : undefined;
  useEffect(() => {
    if (only && !group) {
      change({ group: only });
    }
    // Only what has just been found out chooses by itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);
  if (access && groups.length === 0) {
    return <ToneText tone="warning">{t('requestForm.noGroups')}</ToneText>;
  }
  const offered = [...new Set([...groups, ...(group ? [group] : [])])];
  return (
    <ChoiceField
      form={form}
      field="group"
      label={t('requestForm.group')}
      description={t('requestForm.groupHint')}
      placeholder={t('requestForm.chooseGroup')}
      options={offered.map(ref => ({ id: ref, label: groupName(ref) }))}
    />
  );
}
