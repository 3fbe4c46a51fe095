import { Alert, Box, ButtonLink } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  Cluster,
  ClusterState,
  ClusterStatus,
} from '@berth/plugin-berth-common';
import { useCallback } from 'react';
import { readsEverything, useAccess } from './hooks';
import { clusterRouteRef, clustersRouteRef } from '../routes';
import { Moment } from './Moment';
import { isSettingUp } from './labels';
import { useText } from './useText';

/** The most banners to show: more would push the page out of sight. */
const SHOWN = 3;

type Failed = Exclude<ClusterState, 'Connected' | 'Pending'>;

/** Returns whether the portal cannot work with the cluster. A new cluster that was never checked has not failed. */
export function isFailed(state: ClusterState | undefined): state is Failed {
  return state !== undefined && state !== 'Connected' && state !== 'Pending';
}

/** Returns whether a cluster needs a warning. One that is being set up does not: its page shows the remaining steps. */
function needsBanner(
  status: ClusterStatus,
): status is ClusterStatus & { state: Failed } {
  return isFailed(status.state) && !isSettingUp(status);
}

/** Shows one banner for each failed cluster. */
export function ClusterBanners({ clusters }: { clusters: Cluster[] }) {
  const t = useText();
  const route = useRouteRef(clustersRouteRef);
  const failed = clusters
    .filter(({ status }) => needsBanner(status))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const rest = failed.length - SHOWN;
  return (
    <>
      {failed.slice(0, SHOWN).map(cluster => (
        <ClusterBanner key={cluster.name} cluster={cluster} />
      ))}
      {rest > 0 && (
        <Box mb="3">
          <Alert
            status="warning"
            icon
            title={t('clusterBanner.more', { count: rest })}
            customActions={
              <ButtonLink
                size="small"
                variant="tertiary"
                href={`${route()}?state=problem`}
              >
                {t('clusterBanner.showAll')}
              </ButtonLink>
            }
          />
        </Box>
      )}
    </>
  );
}

/**
 * Warns that the portal cannot work with a cluster, and explains the effect on the page. Shows nothing while the
 * cluster works or is being set up.
 */
export function ClusterBanner(props: {
  cluster: Cluster | undefined;
  /** The effect on what the person is about to do; by default, the effect on the page's content. */
  consequence?: string;
}) {
  const { cluster, consequence } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const problem = useClusterProblem();
  const { value: access } = useAccess();
  if (!cluster || !needsBanner(cluster.status)) {
    return null;
  }
  const { name, status } = cluster;
  const { state, since } = status;
  return (
    <Box mb="3">
      <Alert
        role="status"
        status="warning"
        icon
        title={t(`clusterBanner.title.${state}`, { cluster: name })}
        description={
          <>
            <div>{problem(cluster)}</div>
            <div>
              {since &&
                t('clusterBanner.since', {
                  when: <Moment at={since} display="age" />,
                })}{' '}
              {consequence ?? t('clusterBanner.consequence')}
            </div>
          </>
        }
        customActions={
          readsEverything(access) && (
            <ButtonLink size="small" variant="tertiary" href={route({ name })}>
              {t('clusterBanner.open')}
            </ButtonLink>
          )
        }
      />
    </Box>
  );
}

/**
 * Returns a function that explains why the portal cannot work with a cluster. Admins and auditors read the cause
 * and the fix; others cannot change an address, a firewall or a certificate, and read who can do so.
 *
 * @returns a function that returns undefined if there is nothing to explain
 */
export function useClusterProblem(): (cluster: Cluster) => string | undefined {
  const t = useText();
  const { value: access } = useAccess();
  const readsAll = readsEverything(access);
  return useCallback(
    ({ status: { state, cause, message } }) => {
      if (!message) {
        return undefined;
      }
      if (!readsAll && state !== 'Connected') {
        return t('clusterBanner.forMembers');
      }
      return cause
        ? t('state.cause', { cause: t(`cause.${cause}`), message })
        : message;
    },
    [t, readsAll],
  );
}

/** The causes that people can read. The others are codes for programs, and their messages explain them. */
const WORDS = ['DNS', 'TCP', 'TLS'] as const;

/** Returns a function that writes the cause of a failure, such as `TLS: certificate signed by another CA`. */
export function useCauseText(): (
  cause: string | undefined,
  message: string,
) => string {
  const t = useText();
  return (cause, message) => {
    const word = WORDS.find(known => known === cause);
    return word
      ? t('state.cause', { cause: t(`cause.${word}`), message })
      : message;
  };
}
