import { Cluster } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { DoctorPanel, useDoctor } from '../doctor';
import { useText } from '../../../kit';
import { Section } from '../../../kit/Section';

/** The last checks, for admins. */
export function ChecksSection(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const t = useText();
  const doctor = useDoctor(cluster.name, {
    live: false,
    onRun: polled.refresh,
  });
  return (
    <Section title={t('doctor.title')}>
      <DoctorPanel doctor={doctor} stateSince={cluster.status.since} />
    </Section>
  );
}
