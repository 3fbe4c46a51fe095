import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { Route, Routes, useParams } from 'react-router-dom';
import { berthApiRef } from '../api';
import { useAccess, usePageTitle } from '../kit/hooks';
import { UnsupportedItems } from '../kit/profile';
import { usePolled } from '../kit/query';
import { mineRouteRef, namespacesRouteRef } from '../routes';
import { ActivityTab } from '../features/activity/ActivityTab';
import { AdminTab } from '../kit/DetailPage';
import pageStyles from '../kit/page.module.css';
import { ProblemWithExplanation } from '../kit/explain/AccessExplanationPanel';
import { ClusterBanner, DetailPage, useText } from '../kit';
import { AccessTab } from '../features/namespaces/detail/AccessTab';
import { DangerTab } from '../features/namespaces/detail/DangerTab';
import { TransferSection } from '../features/namespaces/detail/TransferSection';
import {
  GoneNamespace,
  StatusAlert,
} from '../features/namespaces/detail/StatusAlert';
import {
  NamespaceHeader,
  useNamespaceTab,
} from '../features/namespaces/detail/NamespaceHeader';
import { OverviewTab } from '../features/namespaces/detail/OverviewTab';
import { ReleaseSummary } from '../features/helm';
import { WorkloadSummary } from '../features/resources/WorkloadSummary';
import { NamespaceWorkloads } from './NamespaceWorkloads';
import { QuotaTab } from '../features/quotas/NamespaceQuotaTab';

const INTERVAL = 15_000;
const INTERVAL_WHILE_MOVING = 3_000;

/** Shows one namespace, with its tabs. */
export function NamespacePage() {
  const { name: cluster = '', namespace: name = '' } = useParams();
  const t = useText();
  const berthApi = useApi(berthApiRef);
  const polled = usePolled({
    key: ['namespace', cluster, name],
    load: () => berthApi.getNamespace({ cluster, namespace: name }),
    every: intervalFor,
  });
  const { value: clusterValue } = usePolled({
    key: ['cluster', cluster],
    load: () => berthApi.getCluster(cluster),
    every: INTERVAL,
  });
  const sharedWith = clusterValue?.shares.map(({ group }) => group);
  const tab = useNamespaceTab();
  const breadcrumb = useListBreadcrumb();
  usePageTitle(
    ...(tab === 'overview' ? [] : [t(`namespace.tab.${tab}`)]),
    t('pageTitle.namespace', { namespace: name, cluster }),
    t('namespaces.title'),
  );
  const breadcrumbs = [breadcrumb];
  return (
    <DetailPage
      title={name}
      breadcrumbs={breadcrumbs}
      polled={polled}
      problem={
        <ProblemWithExplanation
          error={polled.error}
          onRetry={polled.refresh}
          retrying={polled.refreshing}
          cluster={cluster}
          namespace={name}
        />
      }
      gone={namespace => (
        <GoneNamespace namespace={namespace} list={breadcrumb} />
      )}
      header={namespace => (
        <NamespaceHeader
          namespace={namespace}
          cluster={clusterValue}
          breadcrumbs={breadcrumbs}
        />
      )}
    >
      {namespace => (
        <>
          <ClusterBanner cluster={clusterValue} />
          <StatusAlert namespace={namespace} />
          <div className={pageStyles.tab}>
            {!namespace.adopted && (
              <UnsupportedItems
                cluster={cluster}
                kind={namespace.personal ? 'personal' : 'group'}
                sizeClassNodes={namespace.quota?.placement !== undefined}
              />
            )}
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
                  <AdminTab next={t('cluster.adminOnly.nextNamespace')}>
                    {!namespace.home && (
                      <TransferSection
                        namespace={namespace}
                        sharedWith={sharedWith}
                        onChanged={polled.refresh}
                      />
                    )}
                    <DangerTab
                      namespace={namespace}
                      counts={
                        <WorkloadSummary
                          cluster={cluster}
                          namespace={name}
                          withKept
                        />
                      }
                      onChanged={polled.refresh}
                    />
                  </AdminTab>
                }
              />
              <Route
                path="*"
                element={
                  <>
                    <OverviewTab
                      namespace={namespace}
                      onChanged={polled.refresh}
                    />
                    <NamespaceWorkloads cluster={cluster} namespace={name} />
                    <ReleaseSummary place={{ cluster, namespace: name }} />
                  </>
                }
              />
            </Routes>
          </div>
        </>
      )}
    </DetailPage>
  );
}

/** Returns the list in which the person finds the namespace. */
function useListBreadcrumb(): { label: string; href: string } {
  const t = useText();
  const namespaces = useRouteRef(namespacesRouteRef);
  const mine = useRouteRef(mineRouteRef);
  const { value: access } = useAccess();
  return access?.admin
    ? { label: t('namespaces.title'), href: namespaces() }
    : { label: t('tab.mine'), href: mine() };
}

function intervalFor(namespace?: ManagedNamespace): number {
  return namespace && namespace.phase !== 'Active'
    ? INTERVAL_WHILE_MOVING
    : INTERVAL;
}
