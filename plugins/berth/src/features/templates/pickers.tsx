import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { useMemo } from 'react';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';
import { groupName } from '../../kit/format';
import { useSizeClasses } from '../../kit/hooks';
import { useBoundsText } from '../../kit/quota';

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

/** More namespaces than a person works in on one cluster. */
const LIMIT = 500;

/** A namespace in which a group of the person holds a role, on the cluster that the form has. */
export function BerthNamespacePicker(props: PickerProps) {
  const t = useText();
  const cluster = clusterOf(props);
  if (!cluster) {
    return (
      <div role="status">
        <Text color="secondary">{t('picker.namespaceNeedsCluster')}</Text>
      </div>
    );
  }
  return <NamespaceOn key={cluster} field={props} cluster={cluster} />;
}

function NamespaceOn(props: { field: PickerProps; cluster: string }) {
  const { field, cluster } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  return (
    <PickerField
      field={field}
      label={t('picker.namespace')}
      placeholder={t('picker.chooseNamespace')}
      emptyText={t('picker.noNamespace')}
      loaded={usePolled({
        key: ['namespaceOptions', cluster],
        load: async () => {
          const { items } = await api.listNamespaces({
            mine: true,
            cluster,
            limit: LIMIT,
          });
          return items.map(({ name }) => ({ id: name, label: name }));
        },
      })}
    />
  );
}

/** From the field of the form that `ui:options.clusterField` names, `cluster` by default. */
function clusterOf({ formContext, uiSchema }: PickerProps): string | undefined {
  const name = uiSchema?.['ui:options']?.clusterField ?? 'cluster';
  const value = formContext?.formData?.[String(name)];
  return typeof value === 'string' && value ? value : undefined;
}

/** One of `berth.sizeClasses`, with what each bounds. */
export function BerthSizeClassPicker(props: PickerProps) {
  const t = useText();
  const boundsOf = useBoundsText();
  const { value, ...loaded } = useSizeClasses();
  const options = useMemo(
    () =>
      value?.map(({ name, title, description, hard }) => ({
        id: name,
        label: title ?? name,
        description: [description, boundsOf(hard)].filter(Boolean).join(': '),
      })),
    [value, boundsOf],
  );
  return (
    <PickerField
      field={props}
      label={t('picker.sizeClass')}
      placeholder={t('picker.chooseSizeClass')}
      emptyText={t('picker.noSizeClass')}
      loaded={{ ...loaded, value: options }}
    />
  );
}
