import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { clusterRouteRef } from '../../../routes';
import { ClusterStateLabel, useText } from '../../common';
import { MineRow } from '../mine';
import styles from '../MyKubernetesPage.module.css';

/** The cluster with its state, and in words what is wrong with it. */
export function ClusterCell({ row: { namespace, cluster } }: { row: MineRow }) {
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const name = namespace.cluster;
  if (!cluster) {
    return (
      <Cell>
        <div className={styles.twoLines}>
          <Text truncate title={name}>
            {name}
          </Text>
          <Text variant="body-small" color="secondary">
            {t('mine.unknownCluster')}
          </Text>
        </div>
      </Cell>
    );
  }
  const { state, message } = cluster.status;
  return (
    <Cell>
      <div className={styles.twoLines}>
        <Link
          href={route({ name })}
          variant="body-medium"
          truncate
          standalone
          title={cluster.title ?? name}
        >
          {name}
        </Link>
        <ClusterStateLabel state={state} />
        {message && (
          <Text
            variant="body-small"
            color="secondary"
            className={styles.message}
            title={message}
          >
            {message}
          </Text>
        )}
      </div>
    </Cell>
  );
}
