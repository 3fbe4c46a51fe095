import { Cell, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import {
  Clamped,
  ClusterStateLabel,
  Moment,
  Translate,
  TwoLines,
  useClusterProblem,
  useText,
} from '../../common';
import styles from '../ClustersPage.module.css';

/** The state, since when, and its cause in words. */
export function StateCell({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const { state, since } = cluster.status;
  const problem = useClusterProblem();
  const explanation = problem(cluster) ?? failedSharesOf(t, cluster);
  return (
    <Cell>
      <TwoLines>
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

function failedSharesOf(t: Translate, cluster: Cluster): string | undefined {
  const failed = cluster.shares.filter(share => share.state === 'Failed');
  return failed.length > 0
    ? t('clusters.failedShares', {
        count: failed.length,
        groups: failed.map(share => share.group).join(', '),
      })
    : undefined;
}
