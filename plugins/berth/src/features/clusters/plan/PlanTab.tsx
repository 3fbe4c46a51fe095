import { Alert, Flex, Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, ClusterPlan } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';
import {
  Moment,
  ProblemNotice,
  RefreshControl,
  StaleAlert,
  useText,
} from '../../../kit';
import { UnsupportedItems } from '../../../kit/profile';
import styles from '../../../kit/page.module.css';
import { Section } from '../../../kit/Section';
import { ForeignBindings } from './ForeignBindings';
import { FormerRegistrationAlert, HeldDeletionsAlert } from './alerts';
import { Leftovers } from './Leftovers';
import { PlannedChanges } from './PlannedChanges';
import { IdentityWaits } from './IdentityWaits';
import { PodSecurityWaits } from './PodSecurityWaits';

const INTERVAL = 30_000;

/** Shows the changes that Berth would make on a cluster now. Opening the tab changes nothing. */
export function PlanTab({ cluster }: { cluster: Cluster }) {
  const { name } = cluster;
  const api = useApi(berthApiRef);
  const plan = usePolled({
    key: ['plan', name],
    load: () => api.getPlan(name),
    every: INTERVAL,
  });
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
      <UnsupportedItems cluster={name} />
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
  const { failure } = plan;
  if (failure) {
    return (
      <Section
        title={t('plan.title')}
        actions={<RefreshControl polled={polled} />}
      >
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('plan.failure.title', {
            cluster: plan.cluster,
            cause: failure.cause,
          })}
          description={
            <>
              <div>{failure.message}</div>
              <div>{t('plan.failure.next')}</div>
            </>
          }
        />
      </Section>
    );
  }
  const converged = plan.items.length === 0 && plan.problems.length === 0;
  return (
    <>
      {plan.formerRegistrations.map(former => (
        <FormerRegistrationAlert
          key={former.id}
          cluster={plan.cluster}
          former={former}
          onTakenOver={polled.refresh}
        />
      ))}
      {plan.heldLeftovers && (
        <HeldDeletionsAlert
          cluster={plan.cluster}
          held={plan.heldLeftovers}
          leftovers
          onConfirmed={polled.refresh}
        />
      )}
      {plan.held && (
        <HeldDeletionsAlert
          cluster={plan.cluster}
          held={plan.held}
          onConfirmed={polled.refresh}
        />
      )}
      {plan.podSecurity && (
        <PodSecurityWaits
          cluster={plan.cluster}
          waits={plan.podSecurity}
          onConfirmed={polled.refresh}
        />
      )}
      {plan.identities && plan.identities.length > 0 && (
        <IdentityWaits
          cluster={plan.cluster}
          waits={plan.identities}
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
          {plan.repeatedDeletions.map(({ namespace, name, at }) => (
            <Alert
              key={`${namespace}/${name}`}
              status="warning"
              icon
              title={t('plan.repeated.title', {
                binding: namespace ? `${namespace}/${name}` : name,
              })}
              description={t('plan.repeated.description', {
                at: <Moment at={at} />,
              })}
            />
          ))}
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
          {plan.totalProblems > plan.problems.length && (
            <Text color="secondary">
              {t('profile.preview.problems', {
                count: plan.totalProblems - plan.problems.length,
              })}
            </Text>
          )}
          {plan.items.length > 0 && <PlannedChanges changes={plan.items} />}
        </Flex>
      </Section>
      {plan.leftovers.length > 0 && (
        <Leftovers
          cluster={plan.cluster}
          leftovers={plan.leftovers}
          onRemoved={polled.refresh}
        />
      )}
      <ForeignBindings bindings={plan.foreign} />
    </>
  );
}
