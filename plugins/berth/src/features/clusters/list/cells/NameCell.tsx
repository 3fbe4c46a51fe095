import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { clusterRouteRef } from '../../../../routes';
import { TwoLines } from '../../../../kit';

/** Name and title, the way to the cluster’s page. */
export function NameCell({ cluster }: { cluster: Cluster }) {
  const route = useRouteRef(clusterRouteRef);
  return (
    <Cell>
      <TwoLines>
        <Link
          href={route({ name: cluster.name })}
          variant="body-medium"
          weight="bold"
          truncate
          standalone
          title={cluster.name}
        >
          {cluster.name}
        </Link>
        {cluster.title && (
          <Text
            variant="body-small"
            color="secondary"
            truncate
            title={cluster.title}
          >
            {cluster.title}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}
