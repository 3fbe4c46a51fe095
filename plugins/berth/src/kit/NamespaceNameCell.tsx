import { ReactNode } from 'react';
import { Cell, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { namespaceRouteRef } from '../routes';
import { NameLink, TwoLines } from './list';

/** Shows the name of a namespace with a link to its page. */
export function NamespaceNameCell(props: {
  namespace: ManagedNamespace;
  /** Whether the cluster has no column of its own. */
  withCluster: boolean;
  /** Shown below the name, such as the purpose. */
  detail?: ReactNode;
}) {
  const { namespace, withCluster, detail } = props;
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name } = namespace;
  return (
    <Cell>
      <TwoLines>
        <NameLink
          href={route({ name: cluster, namespace: name })}
          weight="bold"
          name={name}
        />
        {withCluster && (
          <Text variant="body-small" truncate title={cluster}>
            {cluster}
          </Text>
        )}
        {typeof detail === 'string' ? (
          <Text variant="body-small" color="secondary" truncate title={detail}>
            {detail}
          </Text>
        ) : (
          detail
        )}
      </TwoLines>
    </Cell>
  );
}
