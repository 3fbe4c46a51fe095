import { useCallback } from 'react';
import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, ClusterPlan } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolling } from '../../../hooks';
import {
  ProblemNotice,
  RefreshControl,
  StaleAlert,
  useText,
} from '../../common';
import styles from '../ClusterPage.module.css';
import { Section } from '../Section';
import { ForeignBindings } from './ForeignBindings';
import { HeldDeletionsAlert } from './HeldDeletionsAlert';
import { PlannedChanges } from './PlannedChanges';

const INTERVAL = 30_000;

/** What Berth would do on a cluster now, against what is there; nothing is done by looking. */
export function PlanTab({ cluster }: { cluster: Cluster }) {
  const { name } = cluster;
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.getPlan(name), [api, name]);
  const plan = usePolling(load, () => INTERVAL);
  if (plan.error && !plan.value) {
    return (
      <ProblemNotice
        error={plan.error}
        onRetry={plan.refresh}
        retrying={plan.refreshing}
      />
    );
  }
  return (
    <div className={styles.tab}>
      <StaleAlert polled={plan} />
      {plan.value ? (
        <Plan plan={plan.value} polled={plan} />
      ) : (
        <Skeleton width="100%" height={200} />
      )}
    </div>
  );
}

function Plan(props: { plan: ClusterPlan; polled: Polled<ClusterPlan> }) {
  const { plan, polled } = props;
  const t = useText();
  const converged = plan.items.length === 0 && plan.problems.length === 0;
  return (
    <>
      {plan.held && (
        <HeldDeletionsAlert
          cluster={plan.cluster}
          held={plan.held}
          onConfirmed={polled.refresh}
        />
      )}
      <Section
        title={t('plan.title')}
        actions={<RefreshControl polled={polled} />}
      >
        <Flex direction="column" gap="3">
          <Text color="secondary">{t('plan.description')}</Text>
          {converged && (
            <Alert
              status="success"
              icon
              title={t('plan.converged')}
              description={t('plan.convergedHint')}
            />
          )}
          {plan.problems.map(problem => (
            <Alert
              key={`${problem.namespace} ${problem.cause} ${problem.message}`}
              status="danger"
              icon
              title={t('plan.problem', {
                namespace: problem.namespace,
                cause: problem.cause,
              })}
              description={problem.message}
            />
          ))}
          {plan.items.length > 0 && <PlannedChanges changes={plan.items} />}
        </Flex>
      </Section>
      <ForeignBindings bindings={plan.foreign} />
    </>
  );
}
