import { Flex, Text } from '@backstage/ui';
import { OnboardingGuide } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { Loaded, Step, StepState, useText } from '../../../kit';
import { GuideSteps } from './GuideSteps';
import { guideParts } from './guideParts';

/** Gives the portal the few rights that it needs. */
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
          render={value => {
            const { manifest } = guideParts(value);
            return manifest.length > 0 ? (
              <GuideSteps steps={manifest} />
            ) : (
              <Text>{t('onboarding.manifest.inStep2')}</Text>
            );
          }}
        />
      </Flex>
    </Step>
  );
}
