import { ButtonLink } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { berthApiRef } from '../../api';
import { useAccess } from '../../kit/hooks';
import { usePolled } from '../../kit/query';
import { clusterRouteRef } from '../../routes';
import { AccessTab } from '../../features/clusters/access/AccessTab';
import { OverviewTab } from '../../features/clusters/overview/OverviewTab';
import { PageSkeleton, StaleAlert, useText } from '../../kit';
import { ProblemWithExplanation } from '../../kit/explain/AccessExplanationPanel';
import { EntityFrame } from './EntityFrame';
import { annotation, ANNOTATION_CLUSTER } from './entities';

const INTERVAL = 15_000;

/** Tab of a cluster's entity: its state, and the groups that it is shared with. */
export function EntityClusterContent() {
  return (
    <EntityFrame>
      <ClusterEntity />
    </EntityFrame>
  );
}

function ClusterEntity() {
  const t = useText();
  const name = annotation(useEntity().entity, ANNOTATION_CLUSTER) ?? '';
  const api = useApi(berthApiRef);
  const route = useRouteRef(clusterRouteRef);
  const { value: access } = useAccess();
  const polled = usePolled({
    key: ['cluster', name],
    load: () => api.getCluster(name),
    every: INTERVAL,
  });
  const { value: cluster, error } = polled;
  if (!cluster) {
    return error === undefined ? (
      <PageSkeleton />
    ) : (
      <ProblemWithExplanation
        error={error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
        cluster={name}
      />
    );
  }
  return (
    <>
      <StaleAlert polled={polled} />
      <div>
        <ButtonLink variant="secondary" href={route({ name })}>
          {t('entity.open')}
        </ButtonLink>
      </div>
      <OverviewTab cluster={cluster} polled={polled} />
      {access && <AccessTab cluster={cluster} onChanged={polled.refresh} />}
    </>
  );
}
