import { useState } from 'react';
import { Header } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { Route, Routes, useParams } from 'react-router-dom';
import { berthApiRef } from '../api';
import { useAccess, usePageTitle, useTabInView } from '../kit/hooks';
import { Polled, usePolled } from '../kit/query';
import { clusterRouteRef, clustersRouteRef } from '../routes';
import { ActivityTab } from '../features/activity/ActivityTab';
import { KubeconfigButton } from '../kit/kubeconfig/KubeconfigButton';
import { KubeconfigDialog } from '../kit/kubeconfig/KubeconfigDialog';
import { ClusterTotals } from '../features/quotas/ClusterTotals';
import { ClusterQuotasView } from '../features/quotas/QuotasPage';
import { ProblemWithExplanation } from '../kit/explain/AccessExplanationPanel';
import { ClusterStateLabel, DetailPage, useText } from '../kit';
import { AdminTab } from '../kit/DetailPage';
import { AccessTab } from '../features/clusters/access/AccessTab';
import { NamespacesTab } from './NamespacesTab';
import { OnboardingTab } from '../features/clusters/onboarding/OnboardingTab';
import { OverviewTab } from '../features/clusters/overview/OverviewTab';
import { AnotherClusterAlert } from '../features/clusters/plan/alerts';
import { PlanTab } from '../features/clusters/plan/PlanTab';
import { ProfileTab } from '../features/clusters/profile/ProfileTab';
import { SettingsTab } from '../features/clusters/settings/SettingsTab';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 2_000;

const TABS = [
  'overview',
  'access',
  'namespaces',
  'quotas',
  'onboarding',
  'settings',
  'profile',
  'plan',
  'activity',
] as const;

type TabId = (typeof TABS)[number];

const ADMIN_TABS: ReadonlySet<TabId> = new Set([
  'quotas',
  'onboarding',
  'settings',
  'profile',
  'plan',
]);

/** Shows one cluster, with its tabs. */
export function ClusterPage() {
  const { name = '' } = useParams();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['cluster', name],
    load: () => api.getCluster(name),
    every: intervalFor,
  });
  const t = useText();
  const clusters = useRouteRef(clustersRouteRef);
  const tab = useTab();
  usePageTitle(
    ...(tab === 'overview' ? [] : [t(`cluster.tab.${tab}`)]),
    name,
    t('clusters.title'),
  );
  const breadcrumbs = [{ label: t('clusters.title'), href: clusters() }];
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
          cluster={name}
        />
      }
      header={cluster => (
        <ClusterHeader cluster={cluster} breadcrumbs={breadcrumbs} />
      )}
    >
      {cluster => (
        <>
          {cluster.status.foundUid && (
            <AnotherClusterAlert
              cluster={cluster}
              foundUid={cluster.status.foundUid}
              onConfirmed={polled.refresh}
            />
          )}
          <ClusterTabs cluster={cluster} polled={polled} />
        </>
      )}
    </DetailPage>
  );
}

function intervalFor(cluster?: Cluster): number {
  const pending =
    cluster?.status.state === 'Pending' ||
    cluster?.shares.some(({ state }) => state === 'Pending');
  return pending ? INTERVAL_WHILE_PENDING : INTERVAL;
}

function useTab(): TabId {
  const { '*': path = '' } = useParams();
  return TABS.find(id => id === path.split('/')[0]) ?? 'overview';
}

function ClusterHeader(props: {
  cluster: Cluster;
  breadcrumbs: { label: string; href: string }[];
}) {
  const { cluster, breadcrumbs } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const { value: access } = useAccess();
  const activeTabId = useTab();
  const [kubeconfig, setKubeconfig] = useState(false);

  const base = route({ name: cluster.name });
  const tabs = [
    { id: 'overview', label: t('cluster.tab.overview'), href: base },
    ...TABS.filter(id => id !== 'overview')
      .filter(
        id =>
          access?.admin ||
          !ADMIN_TABS.has(id) ||
          (access?.auditor && id !== 'settings'),
      )
      .map(id => ({
        id,
        label: t(`cluster.tab.${id}`),
        href: `${base}/${id}`,
      })),
  ];
  useTabInView(activeTabId, tabs.length);
  return (
    <>
      <Header
        title={cluster.name}
        description={cluster.title}
        breadcrumbs={breadcrumbs}
        metadata={[
          {
            label: t('clusters.column.state'),
            value: <ClusterStateLabel status={cluster.status} />,
          },
          ...(cluster.status.version
            ? [
                {
                  label: t('clusters.column.version'),
                  value: cluster.status.version,
                },
              ]
            : []),
        ]}
        tabs={tabs}
        activeTabId={activeTabId}
        customActions={
          <KubeconfigButton
            cluster={cluster}
            onOpen={() => setKubeconfig(true)}
          />
        }
      />
      {kubeconfig && (
        <KubeconfigDialog
          cluster={cluster}
          onClose={() => setKubeconfig(false)}
        />
      )}
    </>
  );
}

function ClusterTabs(props: { cluster: Cluster; polled: Polled<Cluster> }) {
  const { cluster, polled } = props;
  const overview = (
    <OverviewTab
      cluster={cluster}
      polled={polled}
      totals={<ClusterTotals cluster={cluster.name} />}
    />
  );
  return (
    <Routes>
      <Route path="/" element={overview} />
      <Route
        path="/access"
        element={<AccessTab cluster={cluster} onChanged={polled.refresh} />}
      />
      <Route path="/namespaces" element={<NamespacesTab cluster={cluster} />} />
      <Route
        path="/quotas"
        element={
          <AdminTab forAuditors>
            <ClusterQuotasView cluster={cluster.name} />
          </AdminTab>
        }
      />
      <Route
        path="/onboarding"
        element={
          <AdminTab forAuditors>
            <OnboardingTab cluster={cluster} polled={polled} />
          </AdminTab>
        }
      />
      <Route
        path="/settings"
        element={
          <AdminTab>
            <SettingsTab
              key={cluster.id}
              cluster={cluster}
              onChanged={polled.refresh}
            />
          </AdminTab>
        }
      />
      <Route
        path="/profile"
        element={
          <AdminTab forAuditors>
            <ProfileTab cluster={cluster} />
          </AdminTab>
        }
      />
      <Route
        path="/plan"
        element={
          <AdminTab forAuditors>
            <PlanTab cluster={cluster} />
          </AdminTab>
        }
      />
      <Route
        path="/activity"
        element={<ActivityTab place={{ cluster: cluster.name }} />}
      />
      <Route path="*" element={overview} />
    </Routes>
  );
}
