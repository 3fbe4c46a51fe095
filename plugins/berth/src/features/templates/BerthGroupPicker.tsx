import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { groupName } from '../../kit/format';
import { usePolled } from '../../kit/query';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';

/** One of the groups of the person who fills in the form, those above their own included. */
export function BerthGroupPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  return (
    <PickerField
      field={props}
      label={t('picker.group')}
      placeholder={t('picker.chooseGroup')}
      emptyText={t('picker.noGroup')}
      loaded={usePolled({
        key: ['groupOptions'],
        load: async () => {
          const { groups } = await api.getAccess();
          return groups.map(group => ({ id: group, label: groupName(group) }));
        },
      })}
    />
  );
}
