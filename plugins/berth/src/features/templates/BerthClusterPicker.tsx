import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolling } from '../../kit/hooks';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';

/** A cluster that the person who fills in the form may see. */
export function BerthClusterPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  const load = useCallback(async () => {
    const { items } = await api.listClusters();
    return items.map(({ name, title }) => ({
      id: name,
      label: name,
      ...(title && { description: title }),
    }));
  }, [api]);
  return (
    <PickerField
      field={props}
      label={t('picker.cluster')}
      placeholder={t('picker.chooseCluster')}
      emptyText={t('picker.noCluster')}
      loaded={usePolling(load, () => undefined)}
    />
  );
}
