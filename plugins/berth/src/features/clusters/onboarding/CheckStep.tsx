import { Flex, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { DoctorPanel, useDoctor } from '../doctor';
import { Step, StepState, useText } from '../../../kit';

/** The checks, which pass one after the other while the earlier steps are done. */
export function CheckStep(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
  state: StepState;
}) {
  const { cluster, polled, state } = props;
  const t = useText();
  const doctor = useDoctor(cluster.name, {
    live: cluster.status.state !== 'Connected',
    onRun: polled.refresh,
  });
  return (
    <Step number={4} state={state} keepOpen title={t('onboarding.check.title')}>
      <Flex direction="column" gap="3">
        <Text color="secondary">{t('onboarding.check.description')}</Text>
        <DoctorPanel doctor={doctor} stateSince={cluster.status.since} />
      </Flex>
    </Step>
  );
}
