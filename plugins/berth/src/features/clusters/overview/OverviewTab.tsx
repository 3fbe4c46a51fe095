import { ReactNode } from 'react';
import { Cluster } from '@berth/plugin-berth-common';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';
import styles from '../../../kit/page.module.css';
import { CapacitySection } from './CapacitySection';
import { IdentitySection } from './IdentitySection';
import { StateSection } from './StateSection';
import { DoctorPanel, useDoctor } from '../doctor';
import { useText } from '../../../kit';
import { Section } from '../../../kit/Section';

/** Shows the state, capacity and identity of a cluster. */
export function OverviewTab(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
  /** Shown below the capacity, such as the sums of the quotas. */
  totals?: ReactNode;
}) {
  const { cluster, polled, totals } = props;
  const { value: access } = useAccess();
  return (
    <div className={styles.tab}>
      <StateSection cluster={cluster} polled={polled} />
      <div className={styles.grid}>
        <CapacitySection cluster={cluster} />
        <IdentitySection cluster={cluster} />
      </div>
      {readsEverything(access) && totals}
      {readsEverything(access) && (
        <ChecksSection cluster={cluster} polled={polled} />
      )}
    </div>
  );
}

/** Shows the last checks, for admins. */
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
