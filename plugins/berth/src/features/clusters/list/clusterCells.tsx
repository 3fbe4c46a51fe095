import { Cell, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { clusterRouteRef } from '../../../routes';
import {
  TwoLines,
  Clamped,
  ClusterStateLabel,
  isSettingUp,
  Moment,
  NameLink,
  Translate,
  useClusterProblem,
  useText,
  useMomentText,
  Ellipsis,
} from '../../../kit';
import styles from './ClustersPage.module.css';
import { formatCpu, formatMemory } from '../../../kit/format';

/** Shows name and title, with a link to the cluster’s page. */
export function NameCell({ cluster }: { cluster: Cluster }) {
  const route = useRouteRef(clusterRouteRef);
  return (
    <Cell>
      <TwoLines>
        <NameLink
          href={route({ name: cluster.name })}
          weight="bold"
          name={cluster.name}
        />
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

/** Shows the state, its start, and its cause in words. */
export function StateCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { state, since } = cluster.status;
  const problem = useClusterProblem();
  const explanation =
    settingUpText(t, cluster) ?? problem(cluster) ?? failedSharesOf(t, cluster);
  return (
    <Cell>
      <TwoLines>
        <span className={styles.stateLine}>
          <ClusterStateLabel status={cluster.status} />
          {since && state !== 'Connected' && (
            <Text variant="body-small" color="secondary">
              {t('state.since', {
                time: <Moment at={since} display="age" />,
              })}
            </Text>
          )}
        </span>
        {explanation && (
          <Clamped title={explanation}>
            <Text variant="body-small" color="secondary">
              {explanation}
            </Text>
          </Clamped>
        )}
      </TwoLines>
    </Cell>
  );
}

/** Returns a short text: the page Onboarding has the steps, which are too long for a cell. */
function settingUpText(t: Translate, { status }: Cluster): string | undefined {
  return status.cause && isSettingUp(status)
    ? t(`causeTitle.${status.cause}`)
    : undefined;
}

function failedSharesOf(t: Translate, cluster: Cluster): string | undefined {
  const failed = cluster.shares.filter(share => share.state === 'Failed');
  return failed.length > 0
    ? t('clusters.failedShares', {
        count: failed.length,
        groups: failed.map(share => share.group).join(', '),
      })
    : undefined;
}

/** Shows all capacity in one column, for narrow windows. */
export function CapacityCell(props: {
  cluster: Cluster;
  withVersion: boolean;
}) {
  const { cluster, withVersion } = props;
  const t = useText();
  const { version, nodes, cpu, memory, gpus } = cluster.status;
  const parts = [
    withVersion && version,
    nodes !== undefined && t('clusters.nodes', { count: nodes }),
    cpu !== undefined && formatCpu(cpu),
    memory !== undefined && formatMemory(memory),
    gpus ? t('clusters.gpus', { count: gpus }) : undefined,
  ].filter(Boolean);
  return (
    <FigureCell
      cluster={cluster}
      text={parts.length > 0 ? parts.join(' · ') : undefined}
      wrap
    />
  );
}

interface FigureProps {
  cluster: Cluster;
  text?: string;
  /** Breaks a long text into lines. */
  wrap?: boolean;
}

/** Shows a figure of the last successful probe, marked as old if the cluster is not connected. */
function Figure({ cluster, text, wrap }: FigureProps) {
  const t = useText();
  const { state, lastSeenAt } = cluster.status;
  if (state === 'Connected' && text !== undefined) {
    return (
      <Text
        as="p"
        variant={wrap ? 'body-small' : 'body-medium'}
        truncate={wrap ? undefined : true}
        title={text}
      >
        {text}
      </Text>
    );
  }
  return (
    <TwoLines>
      <Text variant="body-medium" color="secondary">
        <span aria-label={t('common.unknown')} role="img">
          —
        </span>
      </Text>
      {text !== undefined && lastSeenAt && (
        <LastKnown text={text} at={lastSeenAt} wrap={wrap} />
      )}
    </TwoLines>
  );
}

function LastKnown(props: { text: string; at: string; wrap?: boolean }) {
  const { text, at, wrap } = props;
  const t = useText();
  const { exact, relative } = useMomentText(at);
  return (
    <Text
      as="p"
      variant="body-x-small"
      color="secondary"
      truncate={wrap ? undefined : true}
      title={`${text} – ${t('common.lastKnownHint', {
        when: `${relative} (${exact})`,
      })}`}
    >
      {t('common.lastKnown', { value: text })}
    </Text>
  );
}

/** Shows one figure of a cluster. */
export function FigureCell(props: FigureProps) {
  return (
    <Cell>
      <Figure {...props} />
    </Cell>
  );
}

const SHOWN_GROUPS = 3;

/** Shows the first groups that a cluster is shared with, and the number of the others. */
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

/** Shows when the cluster last answered. */
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
