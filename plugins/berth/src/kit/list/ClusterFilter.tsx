import { Select } from '@backstage/ui';
import { useClusterNames } from '../useClusterNames';
import { useText } from '../useText';

const ALL = 'all';

/** Chooses one cluster, or all by an empty name. */
export function ClusterFilter(props: {
  className?: string;
  value: string;
  onChange: (cluster: string) => void;
}) {
  const { className, value, onChange } = props;
  const t = useText();
  const clusters = useClusterNames(value);
  return (
    <Select
      className={className}
      aria-label={t('clusterFilter.label')}
      search
      value={value || ALL}
      onChange={key => onChange(key === ALL ? '' : String(key))}
      options={[
        { id: ALL, label: t('clusterFilter.all') },
        ...clusters.map(name => ({ id: name, label: name })),
      ]}
    />
  );
}
