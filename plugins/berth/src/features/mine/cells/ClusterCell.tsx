import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { clusterRouteRef } from '../../../routes';
import {
  Clamped,
  ClusterStateLabel,
  TwoLines,
  useClusterProblem,
  useText,
} from '../../../kit';
import { MineRow } from '../mine';

/** The cluster with its state, and in words what is wrong with it. */
export function ClusterCell({ row: { namespace, cluster } }: { row: MineRow }) {
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const problem = useClusterProblem();
  const name = namespace.cluster;
  if (!cluster) {
    return (
      <Cell>
        <TwoLines>
          <Text truncate title={name}>
            {name}
          </Text>
          <Text variant="body-small" color="secondary">
            {t('mine.unknownCluster')}
          </Text>
        </TwoLines>
      </Cell>
    );
  }
  const message = problem(cluster);
  return (
    <Cell>
      <TwoLines>
        <Link
          href={route({ name })}
          variant="body-medium"
          truncate
          standalone
          title={cluster.title ?? name}
        >
          {name}
        </Link>
        <ClusterStateLabel status={cluster.status} />
        {message && (
          <Clamped title={message}>
            <Text variant="body-small" color="secondary">
              {message}
            </Text>
          </Clamped>
        )}
      </TwoLines>
    </Cell>
  );
}
