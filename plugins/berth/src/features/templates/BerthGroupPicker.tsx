import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { groupName } from '../../kit/format';
import { usePolling } from '../../kit/hooks';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';

/** One of the groups of the person who fills in the form, those above their own included. */
export function BerthGroupPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  const load = useCallback(async () => {
    const { groups } = await api.getAccess();
    return groups.map(group => ({ id: group, label: groupName(group) }));
  }, [api]);
  return (
    <PickerField
      field={props}
      label={t('picker.group')}
      placeholder={t('picker.chooseGroup')}
      emptyText={t('picker.noGroup')}
      loaded={usePolling(load, () => undefined)}
    />
  );
}
