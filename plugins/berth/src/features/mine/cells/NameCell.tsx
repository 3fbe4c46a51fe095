import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ClusterState, ManagedNamespace } from '@berth/plugin-berth-common';
import { namespaceRouteRef } from '../../../routes';
import { NamespaceStatusLabel, TwoLines } from '../../../kit';

/** A link to the namespace's page, with the status where it is not simply active. */
export function NameCell(props: {
  namespace: ManagedNamespace;
  clusterState?: ClusterState;
  /** Whether the cluster has no column of its own. */
  withCluster: boolean;
}) {
  const { namespace, clusterState, withCluster } = props;
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name, phase, state, purpose } = namespace;
  return (
    <Cell>
      <TwoLines>
        <Link
          href={route({ name: cluster, namespace: name })}
          variant="body-medium"
          weight="bold"
          truncate
          standalone
          title={name}
        >
          {name}
        </Link>
        {withCluster && (
          <Text variant="body-small" truncate title={cluster}>
            {cluster}
          </Text>
        )}
        {phase !== 'Active' || state === 'Failed' ? (
          <NamespaceStatusLabel
            namespace={namespace}
            clusterState={clusterState}
          />
        ) : (
          purpose && (
            <Text
              variant="body-small"
              color="secondary"
              truncate
              title={purpose}
            >
              {purpose}
            </Text>
          )
        )}
      </TwoLines>
    </Cell>
  );
}
