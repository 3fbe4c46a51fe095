import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';

/** A cluster that the person who fills in the form may see. */
export function BerthClusterPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  return (
    <PickerField
      field={props}
      label={t('picker.cluster')}
      placeholder={t('picker.chooseCluster')}
      emptyText={t('picker.noCluster')}
      loaded={usePolled({
        key: ['clusterOptions'],
        load: async () => {
          const { items } = await api.listClusters();
          return items.map(({ name, title }) => ({
            id: name,
            label: name,
            ...(title && { description: title }),
          }));
        },
      })}
    />
  );
}
