import { ButtonLink, Flex } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { berthApiRef } from '../../api';
import { useClusters } from '../../kit/hooks';
import { usePolled } from '../../kit/query';
import { namespaceRouteRef } from '../../routes';
import {
  ClusterBanner,
  NamespaceStatusLabel,
  PageSkeleton,
  StaleAlert,
  useText,
} from '../../kit';
import { OverviewTab } from '../../features/namespaces/detail/OverviewTab';
import { StatusAlert } from '../../features/namespaces/detail/StatusAlert';
import { ProblemWithExplanation } from '../../kit/explain/AccessExplanationPanel';
import { EntityFrame } from './EntityFrame';
import {
  annotation,
  ANNOTATION_CLUSTER,
  ANNOTATION_NAMESPACE,
} from './entities';

const INTERVAL = 15_000;

/** Tab of a namespace's entity: its status, access and usage. */
export function EntityNamespaceContent() {
  return (
    <EntityFrame>
      <NamespaceEntity />
    </EntityFrame>
  );
}

function NamespaceEntity() {
  const t = useText();
  const { entity } = useEntity();
  const cluster = annotation(entity, ANNOTATION_CLUSTER) ?? '';
  const namespace = annotation(entity, ANNOTATION_NAMESPACE) ?? '';
  const api = useApi(berthApiRef);
  const route = useRouteRef(namespaceRouteRef);
  const polled = usePolled({
    key: ['namespace', cluster, namespace],
    load: () => api.getNamespace({ cluster, namespace }),
    every: INTERVAL,
  });
  const clusterValue = useClusters().value?.items.find(
    ({ name }) => name === cluster,
  );
  const { value, error } = polled;
  if (!value) {
    return error === undefined ? (
      <PageSkeleton />
    ) : (
      <ProblemWithExplanation
        error={error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
        cluster={cluster}
        namespace={namespace}
      />
    );
  }
  return (
    <>
      <StaleAlert polled={polled} />
      <ClusterBanner cluster={clusterValue} />
      <StatusAlert namespace={value} />
      <Flex align="center" gap="4">
        <NamespaceStatusLabel
          namespace={value}
          clusterState={clusterValue?.status.state}
        />
        <ButtonLink
          variant="secondary"
          href={route({ name: cluster, namespace })}
        >
          {t('entity.open')}
        </ButtonLink>
      </Flex>
      <OverviewTab namespace={value} />
    </>
  );
}
