import { useCallback } from 'react';
import {
  ButtonLink,
  Container,
  Flex,
  Header,
  Select,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { berthApiRef, tenancyApiRef } from '../../api';
import { usePolling } from '../../hooks';
import { clustersRouteRef } from '../../routes';
import { AdminTab } from '../ClusterPage/AdminTab';
import {
  Notice,
  ProblemNotice,
  RefreshControl,
  StaleAlert,
  useText,
} from '../common';
import { QuotaRows } from './QuotaRows';
import styles from './QuotasPage.module.css';
import { TotalsSection } from './TotalsSection';

const INTERVAL = 30_000;

/** What each cluster promises, has and uses, for platform admins. */
export function QuotasPage() {
  const t = useText();
  return (
    <>
      <Header title={t('quotas.title')} />
      <Container>
        <AdminTab>
          <AdminPage />
        </AdminTab>
      </Container>
    </>
  );
}

function AdminPage() {
  const t = useText();
  const api = useApi(berthApiRef);
  const clustersRoute = useRouteRef(clustersRouteRef);
  const load = useCallback(() => api.listClusters(), [api]);
  const clusters = usePolling(load, () => undefined);
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

function ClusterQuotasView(props: { cluster: string; picker: JSX.Element }) {
  const { cluster, picker } = props;
  const api = useApi(tenancyApiRef);
  const load = useCallback(() => api.getQuotas(cluster), [api, cluster]);
  const quotas = usePolling(load, () => INTERVAL);
  return (
    <div className={styles.page}>
      <Flex justify="between" align="end" gap="3">
        {picker}
        <RefreshControl polled={quotas} />
      </Flex>
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

function PageSkeleton() {
  const t = useText();
  return (
    <Flex
      direction="column"
      gap="3"
      role="status"
      aria-label={t('common.loading')}
    >
      <Skeleton width={240} height={32} />
      <Skeleton width="100%" height={180} />
      <Skeleton width="100%" height={240} />
    </Flex>
  );
}
