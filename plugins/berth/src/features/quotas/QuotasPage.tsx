import { ButtonLink, Container, Header, Select, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { useClusters, usePageTitle } from '../../kit/hooks';
import { clustersRouteRef } from '../../routes';
import { AdminTab } from '../../kit/DetailPage';
import {
  ClusterBanner,
  Notice,
  PageSkeleton,
  ProblemNotice,
  useText,
} from '../../kit';
import { ClusterQuotasView } from './ClusterQuotasView';
import styles from './QuotasPage.module.css';

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
