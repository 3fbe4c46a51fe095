import { Cluster } from '@berth/plugin-berth-common';
import styles from '../../../kit/page.module.css';
import { ConfigOwned } from './ConfigOwned';
import { DeleteSection } from './DeleteSection';
import { SettingsForm } from './SettingsForm';

/** What can be changed of a cluster, or where that is done, and its end. */
export function SettingsTab(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster } = props;
  return (
    <div className={styles.tab}>
      {cluster.owner === 'config' ? (
        <ConfigOwned cluster={cluster} />
      ) : (
        <SettingsForm {...props} />
      )}
      <DeleteSection cluster={cluster} />
    </div>
  );
}
