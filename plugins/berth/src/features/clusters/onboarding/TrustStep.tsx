import { Flex, Select, Text } from '@backstage/ui';
import { Cluster, OnboardingGuide } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { Loaded, Step, StepState, useText } from '../../../kit';
import { GuideNotes, GuideSteps, guideParts } from './GuideSteps';
import { DISTRIBUTIONS, Distribution } from './useDistribution';
import styles from './onboarding.module.css';

/** Shows how to make the API server accept the portal's tokens, by the guide of its distribution. */
export function TrustStep(props: {
  cluster: Cluster;
  state: StepState;
  distribution: Distribution;
  /** Whether the version of the cluster is known. */
  versionKnown: boolean;
  guide: Polled<OnboardingGuide>;
  onChoose: (distribution: Distribution) => void;
}) {
  const { cluster, state, distribution, versionKnown, guide, onChoose } = props;
  const t = useText();
  return (
    <Step number={2} state={state} title={t('onboarding.trust.title')}>
      <Flex direction="column" gap="4">
        <Text>{t('onboarding.trust.description')}</Text>
        <Select
          className={styles.distribution}
          label={t('onboarding.trust.distribution')}
          description={t(
            versionKnown
              ? 'onboarding.trust.distributionHint'
              : 'onboarding.trust.distributionHintNoVersion',
          )}
          value={distribution}
          onChange={chosen => onChoose(chosen as Distribution)}
          options={DISTRIBUTIONS.map(id => ({
            id,
            label: t(`onboarding.distribution.${id}`),
          }))}
        />
        <Loaded
          polled={guide}
          title={t('onboarding.trust.failed')}
          render={value => (
            <Flex direction="column" gap="4">
              <GuideNotes cluster={cluster} guide={value} />
              <GuideSteps steps={guideParts(value).trust} />
            </Flex>
          )}
        />
      </Flex>
    </Step>
  );
}
