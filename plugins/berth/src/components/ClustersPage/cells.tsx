import { ReactNode } from 'react';
import {
  Cell,
  Focusable,
  Link,
  Text,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Cluster } from '@berth/plugin-berth-common';
import { formatCpu, formatMemory } from '../../format';
import { clusterRouteRef } from '../../routes';
import { ClusterStateLabel, Moment, useMomentText, useText } from '../common';
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
  const { state, cause, message, since } = cluster.status;
  const explanation =
    cause && message
      ? t('state.cause', { cause: t(`cause.${cause}`), message })
      : message;
  return (
    <Cell>
      <div className={styles.twoLines}>
        <span>
          <ClusterStateLabel state={state} />{' '}
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

/** A figure of the last successful probe; said to be of the past where the cluster is not connected. */
function Figure({ cluster, text }: { cluster: Cluster; text?: string }) {
  const t = useText();
  const { state, lastSeenAt } = cluster.status;
  if (state === 'Connected' && text !== undefined) {
    return (
      <Text variant="body-medium" truncate title={text}>
        {text}
      </Text>
    );
  }
  return (
    <div className={styles.twoLines}>
      <Text variant="body-medium" color="secondary">
        <span aria-label={t('common.unknown')} role="img">
          —
        </span>
      </Text>
      {text !== undefined && lastSeenAt && (
        <LastKnown text={text} at={lastSeenAt} />
      )}
    </div>
  );
}

function LastKnown({ text, at }: { text: string; at: string }) {
  const t = useText();
  const { exact, relative } = useMomentText(at);
  return (
    <Text
      variant="body-x-small"
      color="secondary"
      truncate
      title={`${text} – ${t('common.lastKnownHint', {
        when: `${relative} (${exact})`,
      })}`}
    >
      {t('common.lastKnown', { value: text })}
    </Text>
  );
}

export function FigureCell(props: { cluster: Cluster; text?: string }) {
  return (
    <Cell>
      <Figure {...props} />
    </Cell>
  );
}

/** All capacity in one column, for narrow windows. */
export function CapacityCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { nodes, cpu, memory, gpus } = cluster.status;
  const parts = [
    nodes !== undefined && t('clusters.nodes', { count: nodes }),
    cpu !== undefined && formatCpu(cpu),
    memory !== undefined && formatMemory(memory),
    gpus ? t('clusters.gpus', { count: gpus }) : undefined,
  ].filter(Boolean);
  return (
    <FigureCell
      cluster={cluster}
      text={parts.length > 0 ? parts.join(' · ') : undefined}
    />
  );
}

export function GroupsCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
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
          <span className={styles.group} key={group}>
            <EntityRefLink entityRef={group} defaultKind="group" hideIcon />
          </span>
        ))}
        {rest.length > 0 && (
          <TooltipTrigger>
            <Focusable>
              <span role="note" tabIndex={0}>
                {t('clusters.moreGroups', { number: String(rest.length) })}
              </span>
            </Focusable>
            <Tooltip>{rest.join(', ')}</Tooltip>
          </TooltipTrigger>
        )}
      </div>
    </Cell>
  );
}

export function LastSeenCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { lastSeenAt } = cluster.status;
  return (
    <TextCell>
      {lastSeenAt ? <Moment at={lastSeenAt} /> : t('common.never')}
    </TextCell>
  );
}

function TextCell({ children }: { children: ReactNode }) {
  return (
    <Cell>
      <Text variant="body-medium" color="secondary">
        {children}
      </Text>
    </Cell>
  );
}
