import { Cluster } from '@berth/plugin-berth-common';
import styles from '../../../kit/page.module.css';
import { ConfigOwned } from './ConfigOwned';
import { DeleteSection } from './DeleteSection';
import { SettingsForm } from './SettingsForm';

/** Edits the settings of a cluster, or shows where to change them, and removes the cluster. */
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
