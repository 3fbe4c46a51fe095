import { Alert, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster, ClusterCause } from '@berth/plugin-berth-common';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';
import { clusterRouteRef } from '../../../routes';
import {
  ClusterStateLabel,
  Facts,
  isSettingUp,
  Moment,
  RefreshControl,
  useClusterProblem,
  useText,
} from '../../../kit';
import { Section } from '../../../kit/Section';

/** Shows the result of the last probe: state, cause, and fix. */
export function StateSection(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const t = useText();
  const { status, shares } = cluster;
  const route = useRouteRef(clusterRouteRef);
  const { value: access } = useAccess();
  return (
    <Section
      title={t('cluster.state.title')}
      actions={<RefreshControl polled={polled} />}
    >
      <Flex direction="column" gap="4">
        {status.cause && status.cause !== 'AnotherCluster' && (
          <CauseAlert cluster={cluster} cause={status.cause} />
        )}
        {status.state === 'Pending' && (
          <Text color="secondary">{t('cluster.state.pending')}</Text>
        )}
        <Facts
          items={[
            {
              label: t('cluster.state.state'),
              value: <ClusterStateLabel status={status} />,
            },
            {
              label: t('cluster.state.since'),
              value: status.since ? <Moment at={status.since} /> : '—',
            },
            {
              label: t('cluster.state.checked'),
              value: status.checkedAt ? (
                <Moment at={status.checkedAt} />
              ) : (
                t('common.never')
              ),
            },
            {
              label: t('cluster.state.lastSeen'),
              value: status.lastSeenAt ? (
                <Moment at={status.lastSeenAt} />
              ) : (
                t('common.never')
              ),
            },
            ...sharesFact(),
          ]}
        />
      </Flex>
    </Section>
  );

  /** Says how many shares are in effect, with a link to what is not. Members see only their own shares. */
  function sharesFact() {
    if (shares.length === 0 || !readsEverything(access)) {
      return [];
    }
    const ready = shares.filter(share => share.state === 'Ready').length;
    const text = t('cluster.state.sharesReady', {
      ready: String(ready),
      count: shares.length,
    });
    const plan = `${route({ name: cluster.name })}/plan`;
    return [
      {
        label: t('cluster.state.shares'),
        value:
          ready === shares.length ? (
            text
          ) : (
            <>
              {text} <Link href={plan}>{t('cluster.state.toPlan')}</Link>
            </>
          ),
      },
    ];
  }
}

function CauseAlert(props: { cluster: Cluster; cause: ClusterCause }) {
  const { cluster, cause } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const problem = useClusterProblem();
  const { value: access } = useAccess();
  const tab =
    cause === 'Unauthorized' || cause === 'Forbidden'
      ? 'onboarding'
      : 'settings';
  return (
    <Alert
      status={isSettingUp(cluster.status) ? 'info' : 'danger'}
      icon
      title={t(`causeTitle.${cause}`)}
      description={
        <>{access?.admin ? cluster.status.message : problem(cluster)}</>
      }
      customActions={
        access?.admin && (
          <ButtonLink
            variant="secondary"
            href={`${route({ name: cluster.name })}/${tab}`}
          >
            {t(`cluster.state.open.${tab}`)}
          </ButtonLink>
        )
      }
    />
  );
}
