import { useApi } from '@backstage/core-plugin-api';
import { Text } from '@backstage/ui';
import { useMemo } from 'react';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import { useText } from '../../kit';
import { fieldOf } from './NewNamespaceName';
import { PickerField, PickerProps } from './PickerField';
import { useGroupTitles, useSizeClasses } from '../../kit/hooks';
import { useSizeText } from '../../kit/quota';

/** Chooses a cluster that the person may see. */
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

/** Chooses one of the person's groups, including their parent groups. */
export function BerthGroupPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  const { value, ...loaded } = usePolled({
    key: ['groupOptions'],
    load: () => api.getAccess(),
  });
  const titleOf = useGroupTitles(value?.groups ?? []);
  const options = value?.groups.map(id => ({ id, label: titleOf(id) }));
  return (
    <PickerField
      field={props}
      label={t('picker.group')}
      placeholder={t('picker.chooseGroup')}
      emptyText={t('picker.noGroup')}
      loaded={{ ...loaded, value: options }}
    />
  );
}

/** The namespaces to load; more than a person works in on one cluster. */
const LIMIT = 500;

/** Chooses a namespace in which a group of the person has a role, on the cluster of the form. */
export function BerthNamespacePicker(props: PickerProps) {
  const t = useText();
  const cluster = fieldOf(props, 'cluster');
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

/** Chooses one of `berth.sizeClasses`, shown with what it gives; at first the default, if the field is required. */
export function BerthSizeClassPicker(props: PickerProps) {
  const t = useText();
  const textOf = useSizeText();
  const { value, ...loaded } = useSizeClasses();
  const options = useMemo(
    () =>
      value?.map(size => ({
        id: size.name,
        label: size.title ?? size.name,
        description: [size.description, textOf(size)]
          .filter(Boolean)
          .join(': '),
      })),
    [value, textOf],
  );
  return (
    <PickerField
      field={props}
      label={t('picker.sizeClass')}
      placeholder={t('picker.chooseSizeClass')}
      emptyText={t('picker.noSizeClass')}
      usual={value?.find(one => one.default)?.name}
      loaded={{ ...loaded, value: options }}
    />
  );
}

/** Versions that a list without a search can show. */
const MOST_VERSIONS = 100;

/** Chooses a version of the chart that the template names in its options. */
export function BerthChartVersionPicker(props: PickerProps) {
  const t = useText();
  const api = useApi(berthApiRef);
  const options = props.uiSchema?.['ui:options'];
  const [repository, chart] = [options?.repository, options?.chart].map(String);
  return (
    <PickerField
      field={props}
      label={t('picker.chartVersion')}
      placeholder={t('picker.chooseChartVersion')}
      emptyText={t('picker.noChartVersion', { chart })}
      loaded={usePolled({
        key: ['chartVersionOptions', repository, chart],
        load: async () => {
          const { items } = await api.listChartVersions(
            { repository, chart },
            { limit: MOST_VERSIONS },
          );
          return items.map(
            ({ version, appVersion, deprecated, prerelease }) => ({
              id: version,
              label: version,
              description: [
                appVersion && t('picker.appVersion', { version: appVersion }),
                deprecated && t('charts.deprecated'),
                prerelease && t('charts.prerelease'),
              ]
                .filter(Boolean)
                .join(', '),
            }),
          );
        },
      })}
    />
  );
}
