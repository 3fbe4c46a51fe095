import { Navigate, Route, Routes } from 'react-router-dom';
import { AccessProvider } from '../../hooks';
import { ClustersPage } from '../ClustersPage';

/** All pages of Berth below its root. */
export function BerthPages() {
  return (
    <AccessProvider>
      <Routes>
        <Route path="/" element={<ClustersPage />} />
        <Route path="*" element={<Navigate to="/berth" replace />} />
      </Routes>
    </AccessProvider>
  );
}
