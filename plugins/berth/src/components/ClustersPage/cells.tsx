import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cluster } from '@berth/plugin-berth-common';
import { clusterRouteRef } from '../../routes';
import { ClusterStateLabel, Moment, Translate, useText } from '../common';
import styles from './ClustersPage.module.css';

const SHOWN_GROUPS = 3;

export function NameCell({ cluster }: { cluster: Cluster }) {
  const route = useRouteRef(clusterRouteRef);
  return (
    <Cell>
      <div className={styles.twoLines}>
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
      </div>
    </Cell>
  );
}

export function StateCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { state, since } = cluster.status;
  const explanation = explanationOf(t, cluster);
  return (
    <Cell>
      <div className={styles.twoLines}>
        <span className={styles.stateLine}>
          <ClusterStateLabel state={state} />
          {since && state !== 'Connected' && (
            <Text variant="body-small" color="secondary">
              {t('state.since', {
                time: <Moment at={since} display="clock" />,
              })}
            </Text>
          )}
        </span>
        {explanation && (
          <Text
            variant="body-small"
            color="secondary"
            className={styles.message}
            title={explanation}
          >
            {explanation}
          </Text>
        )}
      </div>
    </Cell>
  );
}

function explanationOf(t: Translate, cluster: Cluster): string | undefined {
  const { cause, message } = cluster.status;
  if (message) {
    return cause
      ? t('state.cause', { cause: t(`cause.${cause}`), message })
      : message;
  }
  const failed = cluster.shares.filter(share => share.state === 'Failed');
  return failed.length > 0
    ? t('clusters.failedShares', {
        count: failed.length,
        groups: failed.map(share => share.group).join(', '),
      })
    : undefined;
}

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
          <span className={styles.group} key={group} title={group}>
            <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
          </span>
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
