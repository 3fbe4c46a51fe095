import { Cluster } from '@berth/plugin-berth-common';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';
import styles from '../../../kit/page.module.css';
import { CapacitySection } from './CapacitySection';
import { ChecksSection } from './ChecksSection';
import { IdentitySection } from './IdentitySection';
import { StateSection } from './StateSection';

/** How a cluster is, how big it is, and what it is called. */
export function OverviewTab(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const { value: access } = useAccess();
  return (
    <div className={styles.tab}>
      <StateSection cluster={cluster} polled={polled} />
      <div className={styles.grid}>
        <CapacitySection cluster={cluster} />
        <IdentitySection cluster={cluster} />
      </div>
      {readsEverything(access) && (
        <ChecksSection cluster={cluster} polled={polled} />
      )}
    </div>
  );
}
