import { Flex, Text } from '@backstage/ui';
import { OnboardingGuide } from '@berth/plugin-berth-common';
import { Polled } from '../../../hooks';
import { Loaded, Step, StepState, useText } from '../../common';
import { GuideSteps } from './GuideSteps';

/** What gives the portal the few rights that it needs. */
export function ManifestStep(props: {
  guide: Polled<OnboardingGuide>;
  state: StepState;
}) {
  const { guide, state } = props;
  const t = useText();
  return (
    <Step number={3} state={state} title={t('onboarding.manifest.title')}>
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.manifest.description')}</Text>
        <Loaded
          polled={guide}
          title={t('onboarding.manifest.failed')}
          render={value => <GuideSteps guide={value} />}
        />
      </Flex>
    </Step>
  );
}
