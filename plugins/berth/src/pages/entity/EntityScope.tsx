import { ReactNode, useMemo } from 'react';
import { Skeleton, Text } from '@backstage/ui';
import { RiShipLine } from '@remixicon/react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Notice, ProblemNotice, StaleAlert, useText } from '../../kit';
import { PlacedRow } from '../../kit/listing';
import { hasNamespaces } from './entities';
import styles from './EntityPages.module.css';
import { EntityNamespaces, useEntityNamespaces } from './useEntityNamespaces';

/** The clusters and namespaces of an entity. */
export interface EntityScope {
  clusters: string[];
  namespaces: string[];
  /** Returns whether a row is in a namespace of the entity. Absent for an entity without namespaces. */
  includes?: (row: PlacedRow) => boolean;
}

/** Shows content about the namespaces of an entity, or why a person sees none. */
export function WithEntityScope(props: {
  children: (scope: EntityScope) => ReactNode;
}) {
  const t = useText();
  const { entity } = useEntity();
  const polled = useEntityNamespaces();
  const { value, error } = polled;
  const isPlaced = hasNamespaces(entity);
  const scope = useScope(isPlaced ? value : undefined);
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
    <>
      <StaleAlert polled={polled} />
      {isPlaced && value.hidden.length > 0 && (
        <Text as="p" color="secondary" className={styles.note}>
          {t('resources.entity.hidden', { count: value.hidden.length })}
        </Text>
      )}
      {isPlaced && value.more > 0 && (
        <Text as="p" color="secondary" className={styles.note}>
          {t('resources.entity.more', { count: value.more })}
        </Text>
      )}
      {props.children(scope)}
    </>
  );
}

/** Returns where the objects of the entity are. Without namespaces, they are in all namespaces that the person has. */
function useScope(namespaces: EntityNamespaces | undefined): EntityScope {
  return useMemo(() => {
    const visible = namespaces?.visible ?? [];
    const places = new Set(visible.map(one => `${one.cluster}/${one.name}`));
    const names = (all: string[]) => [...new Set(all)].sort();
    return {
      clusters: names(visible.map(({ cluster }) => cluster)),
      namespaces: names(visible.map(({ name }) => name)),
      ...(places.size > 0 && {
        includes: ({ cluster, namespace }: PlacedRow) =>
          places.has(`${cluster}/${namespace}`),
      }),
    };
  }, [namespaces]);
}
