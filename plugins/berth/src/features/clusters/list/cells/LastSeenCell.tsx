import { Cell, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { Moment, useText } from '../../../../kit';

/** When the cluster last answered. */
export function LastSeenCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { lastSeenAt } = cluster.status;
  return (
    <Cell>
      <Text variant="body-small" color="secondary">
        {lastSeenAt ? (
          <Moment at={lastSeenAt} display="short" />
        ) : (
          t('common.never')
        )}
      </Text>
    </Cell>
  );
}
