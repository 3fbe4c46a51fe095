import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, Route, Routes } from 'react-router-dom';
import { ButtonLink, Container, Header, Text } from '@backstage/ui';
import { RiQuestionLine } from '@remixicon/react';
import { readsEverything, useAccess, usePageTitle } from '../kit/hooks';
import { clustersRouteRef, mineRouteRef } from '../routes';
import { ActivityPage } from '../features/activity/ActivityTab';
import { AddClusterPage } from '../features/clusters/add/AddClusterPage';
import { ClusterPage } from './ClusterPage';
import { ClustersPage } from '../features/clusters/list/ClustersPage';
import { ConnectPage } from '../features/kubectl/connect/ConnectPage';
import { SetUpPage } from '../features/kubectl/SetUpPage';
import { ChartPage } from '../features/charts';
import {
  InstallPage,
  OperationPage,
  ReleasePage,
  UpgradePage,
  ElsewherePage,
} from '../features/helm';
import { HelmPage } from './HelmPage';
import { MinePage } from './MinePage';
import { NamespacePage } from './NamespacePage';
import { NamespacesPage } from '../features/namespaces/list/NamespacesPage';
import { ObjectPage } from '../features/object';
import { QuotasPage } from '../features/quotas/QuotasPage';
import { EditRequestPage, NewRequestPage } from '../features/requests/form';
import { RequestPage } from '../features/requests/detail/RequestPage';
import { RequestsPage } from '../features/requests/list/RequestsPage';
import { ResourcesPage } from '../features/resources/ResourcesPage';
import { Notice, useText } from '../kit';

/*
 * Cluster names consist of letters and digits and are below `clusters`, so no name can collide with a page.
 * Requests have ULIDs, which are longer than `new`.
 */
/** All pages of Berth below its root and its header. */
export function BerthRoutes() {
  return (
    <Routes>
      <Route path="/mine" element={<MinePage />} />
      <Route path="/clusters" element={<ClustersPage />} />
      <Route path="/add" element={<AddClusterPage />} />
      <Route
        path="/clusters/:name/namespaces/:namespace/*"
        element={<NamespacePage />}
      />
      <Route
        path="/clusters/:name/namespaces/:namespace/releases/:release/*"
        element={<ReleasePage />}
      />
      <Route
        path="/clusters/:name/namespaces/:namespace/releases/:release/upgrade"
        element={<UpgradePage />}
      />
      <Route
        path="/clusters/:name/namespaces/:namespace/releases/:release/elsewhere"
        element={<ElsewherePage />}
      />
      <Route
        path="/clusters/:name/namespaces/:namespace/releases/:release/operations/:operation"
        element={<OperationPage />}
      />
      <Route
        path="/clusters/:name/objects/:group/:plural/:namespace/:object/*"
        element={<ObjectPage />}
      />
      <Route path="/clusters/:name/*" element={<ClusterPage />} />
      <Route path="/namespaces" element={<NamespacesPage />} />
      <Route path="/quotas" element={<QuotasPage />} />
      <Route path="/requests" element={<RequestsPage />} />
      <Route path="/requests/new" element={<NewRequestPage />} />
      <Route path="/requests/:id" element={<RequestPage />} />
      <Route path="/requests/:id/edit" element={<EditRequestPage />} />
      <Route path="/resources/*" element={<ResourcesPage />} />
      <Route path="/helm" element={<HelmPage tab="releases" />} />
      <Route path="/helm/charts" element={<HelmPage tab="charts" />} />
      <Route
        path="/helm/repositories"
        element={<HelmPage tab="repositories" />}
      />
      <Route path="/helm/charts/:repository/:chart/*" element={<ChartPage />} />
      <Route
        path="/helm/charts/:repository/:chart/install"
        element={<InstallPage />}
      />
      <Route path="/activity" element={<ActivityPage />} />
      <Route path="/kubectl" element={<SetUpPage />} />
      <Route path="/kubectl/connect" element={<ConnectPage />} />
      <Route path="/" element={<Landing />} />
      <Route path="*" element={<PageNotFound />} />
    </Routes>
  );
}

/** Redirects admins to the clusters, others to their own namespaces. */
function Landing() {
  const mine = useRouteRef(mineRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  const { value: access, error } = useAccess();
  if (!access && !error) {
    return null;
  }
  return (
    <Navigate to={readsEverything(access) ? clusters() : mine()} replace />
  );
}

/** Shown for an unknown address below Berth's root. */
export function PageNotFound() {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  usePageTitle(t('notFound.title'));
  return (
    <>
      <Header title={t('notFound.title')} />
      <Container>
        <Notice
          icon={RiQuestionLine}
          title={t('notFound.description')}
          actions={
            <ButtonLink variant="secondary" href={mine()}>
              {t('namespaces.toMine')}
            </ButtonLink>
          }
        >
          <Text color="secondary">{t('notFound.next')}</Text>
        </Notice>
      </Container>
    </>
  );
}
