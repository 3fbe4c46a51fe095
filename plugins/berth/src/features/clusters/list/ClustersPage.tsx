import { useMemo, useState } from 'react';
import { Container, Header } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAccess, usePageTitle, useUrlQuery } from '../../../kit/hooks';
import { Polled, usePolled } from '../../../kit/query';
import { KubeconfigDialog } from '../../../kit/kubeconfig';
import { ProblemNotice, StaleAlert, useText } from '../../../kit';
import { AddClusterButton } from './AddClusterButton';
import { NoClusters, NoMatch } from './ClustersEmpty';
import { ClustersTable } from './ClustersTable';
import { ClustersToolbar } from './ClustersToolbar';
import {
  DEFAULT_QUERY,
  formatClusterQuery,
  parseClusterQuery,
  selectClusters,
} from './clusterQuery';

const INTERVAL = 15_000;
const FIRST_PAGE = { page: 1 };

/** All clusters that the caller may see, problems first. */
export function ClustersPage() {
  const t = useText();
  usePageTitle(t('clusters.title'));
  const api = useApi(berthApiRef);
  const clusters = usePolled({
    key: ['clusters'],
    load: () => api.listClusters(),
    every: INTERVAL,
  });
  return (
    <>
      <Header
        title={t('clusters.title')}
        customActions={<AddClusterButton />}
      />
      <Container>
        <StaleAlert polled={clusters} />
        <ClustersContent clusters={clusters} />
      </Container>
    </>
  );
}

function ClustersContent({ clusters }: { clusters: Polled<List<Cluster>> }) {
  const [query, changeQuery] = useUrlQuery(
    parseClusterQuery,
    formatClusterQuery,
    FIRST_PAGE,
  );
  const [kubeconfigFor, setKubeconfigFor] = useState<Cluster>();
  const { value: access, error: accessError } = useAccess();
  const items = clusters.value?.items;
  const selection = useMemo(
    () => (items?.length ? selectClusters(items, query) : undefined),
    [items, query],
  );

  if (clusters.error && !items) {
    return (
      <ProblemNotice
        error={clusters.error}
        onRetry={clusters.refresh}
        retrying={clusters.refreshing}
      />
    );
  }
  if (items?.length === 0 && (access || accessError)) {
    return <NoClusters access={access} />;
  }

  return (
    <>
      <ClustersToolbar
        query={query}
        onQueryChange={changeQuery}
        clusters={clusters}
      />
      {selection?.totalItems === 0 && items ? (
        <NoMatch
          total={items.length}
          onClear={() => changeQuery(DEFAULT_QUERY)}
        />
      ) : (
        <ClustersTable
          selection={selection}
          query={query}
          onQueryChange={changeQuery}
          onKubeconfig={setKubeconfigFor}
        />
      )}
      {kubeconfigFor && (
        <KubeconfigDialog
          cluster={kubeconfigFor}
          onClose={() => setKubeconfigFor(undefined)}
        />
      )}
    </>
  );
}
