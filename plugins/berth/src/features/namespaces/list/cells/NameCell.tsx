import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { namespaceRouteRef } from '../../../../routes';
import { TwoLines, useText } from '../../../../kit';

/** The way to the namespace's page, and what it is for. */
export function NameCell(props: {
  namespace: ManagedNamespace;
  /** Whether the cluster has no column of its own. */
  withCluster: boolean;
}) {
  const { namespace, withCluster } = props;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name, home, purpose } = namespace;
  const detail = purpose ?? (home ? t('namespaces.home') : undefined);
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
        {detail && (
          <Text variant="body-small" color="secondary" truncate title={detail}>
            {detail}
          </Text>
        )}
      </TwoLines>
    </Cell>
  );
}
