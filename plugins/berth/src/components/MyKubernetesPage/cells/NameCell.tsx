import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { namespaceRouteRef } from '../../../routes';
import { NamespaceStatusLabel, TwoLines } from '../../common';

/** The way to the namespace's page; with its status where it is not simply there. */
export function NameCell({ namespace }: { namespace: ManagedNamespace }) {
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
        {phase !== 'Active' || state === 'Failed' ? (
          <NamespaceStatusLabel namespace={namespace} />
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
