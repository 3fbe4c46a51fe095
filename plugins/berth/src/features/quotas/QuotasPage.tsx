import {
  ButtonLink,
  Container,
  Flex,
  Header,
  Select,
  Text,
} from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../api';
import { usePolled } from '../../kit/query';
import {
  ClusterBanner,
  Notice,
  PageSkeleton,
  ProblemNotice,
  RefreshControl,
  StaleAlert,
  useText,
} from '../../kit';
import { QuotaRows } from './QuotaRows';
import styles from './QuotasPage.module.css';
import { TotalsSection } from './TotalsSection';
import { useClusters, usePageTitle } from '../../kit/hooks';
import { clustersRouteRef } from '../../routes';
import { AdminTab } from '../../kit/DetailPage';

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

/** Shows the promised, allocatable and used amounts of each cluster, for platform admins. */
export function QuotasPage() {
  const t = useText();
  usePageTitle(t('quotas.title'));
  return (
    <>
      <Header title={t('quotas.title')} />
      <Container>
        <AdminTab forAuditors next={t('cluster.adminOnly.nextQuotas')}>
          <AdminPage />
        </AdminTab>
      </Container>
    </>
  );
}

function AdminPage() {
  const t = useText();
  const clustersRoute = useRouteRef(clustersRouteRef);
  const clusters = useClusters();
  const [parameters, setParameters] = useSearchParams();
  const names = (clusters.value?.items ?? []).map(({ name }) => name).sort();
  const chosen = parameters.get('cluster') ?? names[0];

  if (clusters.error && !clusters.value) {
    return (
      <ProblemNotice
        error={clusters.error}
        onRetry={clusters.refresh}
        retrying={clusters.refreshing}
      />
    );
  }
  if (!clusters.value) {
    return <PageSkeleton />;
  }
  if (!chosen) {
    return (
      <Notice
        icon={RiShipLine}
        title={t('quotas.noClusters.title')}
        actions={
          <ButtonLink variant="primary" href={clustersRoute()}>
            {t('mine.empty.toClusters')}
          </ButtonLink>
        }
      >
        <Text color="secondary">{t('quotas.noClusters.next')}</Text>
      </Notice>
    );
  }
  return (
    <ClusterQuotasView
      key={chosen}
      cluster={chosen}
      banner={
        <ClusterBanner
          cluster={clusters.value.items.find(({ name }) => name === chosen)}
        />
      }
      picker={
        <Select
          className={styles.picker}
          label={t('quotas.cluster')}
          search
          value={chosen}
          onChange={key =>
            setParameters({ cluster: String(key) }, { replace: true })
          }
          options={[...new Set([...names, chosen])].map(name => ({
            id: name,
            label: name,
          }))}
        />
      }
    />
  );
}
