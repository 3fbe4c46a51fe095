import { Alert, Flex } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { get } from 'react-hook-form';
import { CLUSTER_FIELDS, ClusterField, valuesOf } from '../form';
import { Facts, useText } from '../../../kit';
import { Section } from '../../../kit/Section';
import { labelOf, SettingsForm } from './SettingsForm';
import styles from './settings.module.css';
import pageStyles from '../../../kit/page.module.css';
import { DeleteSection } from './DeleteSection';

/** Fields that appear in another form, or never. */
const HIDDEN: ClusterField[] = ['name', 'credential', 'ingress.certificate'];

/**
 * Shows the settings of a cluster that the portal's configuration owns: read-only here, changed in the
 * configuration.
 */
export function ConfigOwned({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const values = valuesOf(cluster);
  const filled = CLUSTER_FIELDS.filter(
    field => get(values, field) && !HIDDEN.includes(field),
  );
  return (
    <Section title={t('settings.title')}>
      <Flex direction="column" gap="4">
        <Alert
          status="info"
          icon
          title={t('settings.configOwned.title')}
          description={t('settings.configOwned.description', {
            name: cluster.name,
          })}
        />
        <Facts
          items={filled.map(field => ({
            label: labelOf(t, field),
            value: <pre className={styles.value}>{get(values, field)}</pre>,
          }))}
        />
      </Flex>
    </Section>
  );
}

/** Edits the settings of a cluster, or shows where to change them, and removes the cluster. */
export function SettingsTab(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster } = props;
  return (
    <div className={pageStyles.tab}>
      {cluster.owner === 'config' ? (
        <ConfigOwned cluster={cluster} />
      ) : (
        <SettingsForm {...props} />
      )}
      <DeleteSection cluster={cluster} />
    </div>
  );
}
