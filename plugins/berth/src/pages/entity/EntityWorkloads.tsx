import { useMemo } from 'react';
import { Skeleton, Text } from '@backstage/ui';
import { RiShipLine } from '@remixicon/react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Notice, ProblemNotice, StaleAlert, useText } from '../../kit';
import { KnownKinds } from '../../features/resources/list/KnownKinds';
import { ListScope } from '../../features/resources/list/KindList';
import { useResourcesQuery } from '../../features/resources/useResourcesQuery';
import { EntityFrame } from './EntityFrame';
import { hasNamespaces, labelSelectorOf } from './entities';
import { EntityNamespaces, useEntityNamespaces } from './useEntityNamespaces';

/** Tab of a component or system: its workloads in all its namespaces. */
export function EntityWorkloadsContent() {
  return (
    <EntityFrame>
      <Workloads />
    </EntityFrame>
  );
}

function Workloads() {
  const t = useText();
  const { entity } = useEntity();
  const polled = useEntityNamespaces();
  const kinds = useResourcesQuery();
  const { value, error } = polled;
  const labels = labelSelectorOf(entity);
  const isPlaced = hasNamespaces(entity);
  const scope = useScope(isPlaced ? value : undefined, labels);
  if (!value) {
    return error ? (
      <ProblemNotice
        error={error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
      />
    ) : (
      <Skeleton width="100%" height={240} />
    );
  }
  if (isPlaced && value.visible.length === 0) {
    return (
      <Notice
        role="status"
        icon={RiShipLine}
        title={t('resources.entity.noPlace')}
      >
        <Text color="secondary">{t('resources.entity.noPlaceNext')}</Text>
      </Notice>
    );
  }
  return (
    <section aria-label={t('resources.entity.title')}>
      <StaleAlert polled={polled} />
      {labels && (
        <Text as="p" color="secondary">
          {t('resources.entity.selector', { selector: labels })}
        </Text>
      )}
      <KnownKinds {...kinds} tab="workloads" scope={scope} />
    </section>
  );
}

/** Returns where the objects of the entity are. Without namespaces, they are in all namespaces that the person has. */
function useScope(
  namespaces: EntityNamespaces | undefined,
  labels: string | undefined,
): ListScope {
  return useMemo(() => {
    const visible = namespaces?.visible ?? [];
    const places = new Set(visible.map(one => `${one.cluster}/${one.name}`));
    const names = (all: string[]) => [...new Set(all)].sort();
    return {
      clusters: names(visible.map(({ cluster }) => cluster)),
      namespaces: names(visible.map(({ name }) => name)),
      labels,
      ...(places.size > 0 && {
        includes: ({ cluster, namespace }) =>
          places.has(`${cluster}/${namespace}`),
      }),
    };
  }, [namespaces, labels]);
}
