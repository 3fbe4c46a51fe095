import { ButtonLink, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { clusterRouteRef } from '../../../routes';
import { Step, StepState, useText } from '../../../kit';
import styles from '../../../kit/page.module.css';

/** The address of the cluster, with a link to change it. */
export function WhereStep(props: { cluster: Cluster; state: StepState }) {
  const { cluster, state } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const { message } = cluster.status;
  return (
    <Step
      number={1}
      state={state}
      title={t('addCluster.where.title')}
      summary={cluster.apiServer}
      actions={
        <ButtonLink
          variant="secondary"
          href={`${route({ name: cluster.name })}/settings`}
        >
          {t('onboarding.where.change')}
        </ButtonLink>
      }
    >
      {state === 'current' && message && (
        <Text className={styles.message}>{message}</Text>
      )}
    </Step>
  );
}
