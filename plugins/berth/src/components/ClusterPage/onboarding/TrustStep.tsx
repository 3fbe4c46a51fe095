import { Flex, Select, Text } from '@backstage/ui';
import { Cluster, OnboardingStep } from '@berth/plugin-berth-common';
import { Loaded, Step, StepState, useText } from '../../common';
import { GuideSteps } from './GuideSteps';
import { DISTRIBUTIONS, Distribution } from './distributions';
import styles from './onboarding.module.css';
import { useDistribution } from './useDistribution';
import { useGuide } from './useGuide';

/** What makes the API server accept the portal's tokens, on the distribution that it is. */
export function TrustStep(props: {
  cluster: Cluster;
  state: StepState;
  /** What has a place of its own after this, though the guides of distributions tell all. */
  later: OnboardingStep[];
}) {
  const { cluster, state, later } = props;
  const t = useText();
  const [distribution, choose] = useDistribution(cluster);
  const guide = useGuide(cluster.name, distribution);
  return (
    <Step number={2} state={state} title={t('onboarding.trust.title')}>
      <Flex direction="column" gap="4">
        <Text>{t('onboarding.trust.description')}</Text>
        <Select
          className={styles.distribution}
          label={t('onboarding.trust.distribution')}
          description={t('onboarding.trust.distributionHint')}
          value={distribution}
          onChange={chosen => choose(chosen as Distribution)}
          options={DISTRIBUTIONS.map(id => ({
            id,
            label: t(`onboarding.distribution.${id}`),
          }))}
        />
        <Loaded
          polled={guide}
          title={t('onboarding.trust.failed')}
          render={value => <GuideSteps guide={value} without={later} />}
        />
      </Flex>
    </Step>
  );
}
