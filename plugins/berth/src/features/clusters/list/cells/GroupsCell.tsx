import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cluster } from '@berth/plugin-berth-common';
import { clusterRouteRef } from '../../../../routes';
import { Ellipsis, useText } from '../../../../kit';
import styles from '../ClustersPage.module.css';

const SHOWN_GROUPS = 3;

/** The first groups that a cluster is shared with, and how many more there are. */
export function GroupsCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const groups = cluster.shares.map(share => share.group);
  if (groups.length === 0) {
    return (
      <Cell>
        <Text variant="body-small" color="secondary">
          {t('clusters.notShared')}
        </Text>
      </Cell>
    );
  }
  const rest = groups.slice(SHOWN_GROUPS);
  return (
    <Cell>
      <div className={styles.groups}>
        {groups.slice(0, SHOWN_GROUPS).map(group => (
          <Ellipsis key={group} title={group}>
            <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
          </Ellipsis>
        ))}
        {rest.length > 0 && (
          <Link
            href={`${route({ name: cluster.name })}/access`}
            title={rest.join(', ')}
          >
            {t('clusters.moreGroups', { number: String(rest.length) })}
          </Link>
        )}
      </div>
    </Cell>
  );
}
