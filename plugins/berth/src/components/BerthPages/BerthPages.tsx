import { useRouteRef } from '@backstage/core-plugin-api';
import { Navigate, Route, Routes } from 'react-router-dom';
import { AccessProvider } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { AddClusterPage } from '../AddClusterPage';
import { ClusterPage } from '../ClusterPage';
import { ClustersPage } from '../ClustersPage';

/*
 * Cluster names hold only letters and digits and stand below `clusters`, so that no name can collide with
 * a page.
 */
/** All pages of Berth below its root. */
export function BerthPages() {
  const root = useRouteRef(rootRouteRef);
  return (
    <AccessProvider>
      <Routes>
        <Route path="/" element={<ClustersPage />} />
        <Route path="/add" element={<AddClusterPage />} />
        <Route path="/clusters/:name/*" element={<ClusterPage />} />
        <Route path="*" element={<Navigate to={root()} replace />} />
      </Routes>
    </AccessProvider>
  );
}
