import { Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import {
  PageSkeleton,
  ProblemNotice,
  RefreshControl,
  StaleAlert,
} from '../../kit';
import { QuotaRows } from './QuotaRows';
import styles from './QuotasPage.module.css';
import { TotalsSection } from './TotalsSection';

const INTERVAL = 30_000;

/** Shows the sums of the quotas of one cluster, and its namespaces with their quotas. */
export function ClusterQuotasView(props: {
  cluster: string;
  /** Chooses another cluster, if possible. */
  picker?: JSX.Element;
  /** Shown above the figures, such as a warning that they are old. */
  banner?: JSX.Element;
}) {
  const { cluster, picker, banner } = props;
  const api = useApi(berthApiRef);
  const quotas = usePolled({
    key: ['quotas', cluster],
    load: () => api.getQuotas(cluster),
    every: INTERVAL,
  });
  return (
    <div className={styles.page}>
      <Flex justify={picker ? 'between' : 'end'} align="end" gap="3">
        {picker}
        <RefreshControl polled={quotas} />
      </Flex>
      {banner}
      <StaleAlert polled={quotas} />
      {quotas.value && (
        <>
          <TotalsSection quotas={quotas.value} />
          <QuotaRows quotas={quotas.value} onChanged={quotas.refresh} />
        </>
      )}
      {!quotas.value && quotas.error !== undefined && (
        <ProblemNotice
          error={quotas.error}
          onRetry={quotas.refresh}
          retrying={quotas.refreshing}
        />
      )}
      {!quotas.value && !quotas.error && <PageSkeleton />}
    </div>
  );
}
