import { useCallback } from 'react';
import { Container, Header } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { Route, Routes, useParams } from 'react-router-dom';
import { berthApiRef, tenancyApiRef } from '../../api';
import { usePolling } from '../../hooks';
import { clusterRouteRef, clustersRouteRef } from '../../routes';
import { ActivityTab } from '../Activity';
import { AdminTab } from '../ClusterPage/AdminTab';
import clusterPageStyles from '../ClusterPage/ClusterPage.module.css';
import { ProblemWithReasons } from '../WhyCannotI';
import { PageSkeleton, StaleAlert, useText } from '../common';
import { AccessTab } from './AccessTab';
import { DangerTab } from './DangerTab';
import { NamespaceHeader } from './NamespaceHeader';
import { OverviewTab } from './OverviewTab';
import { QuotaTab } from './QuotaTab';
import { StatusAlert } from './StatusAlert';

const INTERVAL = 15_000;
const INTERVAL_WHILE_MOVING = 3_000;

/** One namespace, with its tabs. */
export function NamespacePage() {
  const { name: cluster = '', namespace: name = '' } = useParams();
  const t = useText();
  const tenancyApi = useApi(tenancyApiRef);
  const berthApi = useApi(berthApiRef);
  const load = useCallback(
    () => tenancyApi.getNamespace({ cluster, namespace: name }),
    [tenancyApi, cluster, name],
  );
  const loadCluster = useCallback(
    () => berthApi.getCluster(cluster),
    [berthApi, cluster],
  );
  const polled = usePolling(load, intervalFor);
  const { value: clusterValue } = usePolling(loadCluster, () => INTERVAL);
  const clusters = useRouteRef(clustersRouteRef);
  const clusterRoute = useRouteRef(clusterRouteRef);
  const breadcrumbs = [
    { label: t('clusters.title'), href: clusters() },
    { label: cluster, href: clusterRoute({ name: cluster }) },
  ];
  const namespace = polled.value;

  if (!namespace) {
    return (
      <>
        <Header title={name} breadcrumbs={breadcrumbs} />
        <Container>
          {polled.error ? (
            <ProblemWithReasons
              error={polled.error}
              onRetry={polled.refresh}
              retrying={polled.refreshing}
              cluster={cluster}
              namespace={name}
            />
          ) : (
            <PageSkeleton />
          )}
        </Container>
      </>
    );
  }
  return (
    <>
      <NamespaceHeader
        namespace={namespace}
        cluster={clusterValue}
        breadcrumbs={breadcrumbs}
      />
      <Container>
        <StaleAlert polled={polled} />
        <StatusAlert namespace={namespace} />
        <div className={clusterPageStyles.tab}>
          <Routes>
            <Route
              path="/access"
              element={
                <AccessTab
                  namespace={namespace}
                  cluster={clusterValue}
                  onChanged={polled.refresh}
                />
              }
            />
            <Route
              path="/quota"
              element={
                <QuotaTab namespace={namespace} onChanged={polled.refresh} />
              }
            />
            <Route
              path="/activity"
              element={<ActivityTab place={{ cluster, namespace: name }} />}
            />
            <Route
              path="/danger"
              element={
                <AdminTab>
                  <DangerTab namespace={namespace} onChanged={polled.refresh} />
                </AdminTab>
              }
            />
            <Route
              path="*"
              element={
                <OverviewTab namespace={namespace} onChanged={polled.refresh} />
              }
            />
          </Routes>
        </div>
      </Container>
    </>
  );
}

function intervalFor(namespace?: ManagedNamespace): number {
  return namespace && namespace.phase !== 'Active'
    ? INTERVAL_WHILE_MOVING
    : INTERVAL;
}
