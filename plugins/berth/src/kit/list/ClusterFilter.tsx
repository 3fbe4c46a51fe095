import { Select } from '@backstage/ui';
import { useText } from '../useText';
import { useClusters } from '../hooks/useClusters';

const ALL = 'all';

/** Chooses one cluster; an empty name means all. */
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

/** Returns the clusters to filter by. The chosen cluster is always included, even if the list cannot be loaded. */
export function useClusterNames(chosen: string): string[] {
  const { value } = useClusters();
  const names = value?.items.map(({ name }) => name) ?? [];
  return [...new Set([...names, ...(chosen ? [chosen] : [])])].sort();
}
