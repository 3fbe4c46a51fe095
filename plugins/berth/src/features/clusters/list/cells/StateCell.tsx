import { Cell, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import {
  Clamped,
  ClusterStateLabel,
  isSettingUp,
  Moment,
  Translate,
  TwoLines,
  useClusterProblem,
  useText,
} from '../../../../kit';
import styles from '../ClustersPage.module.css';

/** The state, since when, and its cause in words. */
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

/** What to do is on the page Onboarding, and too long for a cell. */
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
