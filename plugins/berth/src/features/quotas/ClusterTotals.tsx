import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import { TotalsSection } from './TotalsSection';

/** Shows the sums of the quotas of a cluster on its overview; nothing until they are known. */
export function ClusterTotals({ cluster }: { cluster: string }) {
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['quotas', cluster],
    load: () => api.getQuotas(cluster),
  });
  return value && value.totalItems > 0 ? (
    <TotalsSection quotas={value} />
  ) : null;
}
