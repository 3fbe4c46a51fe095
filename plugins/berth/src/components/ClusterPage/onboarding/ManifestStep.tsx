import { Flex, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { Loaded, Step, StepState, useText } from '../../common';
import { GuideSteps } from './GuideSteps';
import { useGuide } from './useGuide';

/** What gives the portal the few rights that it needs. */
export function ManifestStep(props: { cluster: Cluster; state: StepState }) {
  const { cluster, state } = props;
  const t = useText();
  const guide = useGuide(cluster.name, 'manifest');
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
