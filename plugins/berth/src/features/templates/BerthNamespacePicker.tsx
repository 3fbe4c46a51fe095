import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import { useText } from '../../kit';
import { PickerField, PickerProps } from './PickerField';

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
