import { useState } from 'react';
import { Button, Flex } from '@backstage/ui';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { Cluster, UpdateClusterRequest } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  AdvancedFields,
  ApiServerField,
  CaField,
  ClusterFormValues,
  TitleField,
  useClusterForm,
  valuesOf,
} from '../../ClusterForm';
import formStyles from '../../ClusterForm/ClusterForm.module.css';
import { ActionButton, ProblemAlert, useText } from '../../common';
import styles from '../ClusterPage.module.css';
import { Section } from '../Section';
import { DeleteSection } from './DeleteSection';

const NO_NAMES: ReadonlySet<string> = new Set();

/** What an admin can change of a cluster, and its end. */
export function SettingsTab(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  return (
    <div className={styles.tab}>
      <SettingsForm {...props} />
      <DeleteSection cluster={props.cluster} />
    </div>
  );
}

function SettingsForm(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const alertApi = useApi(alertApiRef);
  const [saved, setSaved] = useState(() => valuesOf(cluster));

  const form = useClusterForm({
    initial: saved,
    takenNames: NO_NAMES,
    onSubmit: async values => {
      const updated = await api.updateCluster(
        cluster.name,
        changesOf(saved, values),
      );
      const now = valuesOf(updated);
      setSaved(now);
      form.change(now);
      alertApi.post({
        message: t('settings.saved'),
        severity: 'success',
        display: 'transient',
      });
      await onChanged();
    },
  });

  const unchanged = Object.keys(changesOf(saved, form.values)).length === 0;
  return (
    <Section title={t('settings.title')}>
      <form className={formStyles.form} {...form.formProps}>
        <TitleField form={form} />
        <ApiServerField form={form} />
        <CaField form={form} />
        <AdvancedFields form={form} />
        {form.failure !== undefined && <ProblemAlert error={form.failure} />}
        <Flex gap="2">
          <ActionButton
            type="submit"
            variant="primary"
            isPending={form.submitting}
            disabledReason={unchanged ? t('settings.unchanged') : undefined}
          >
            {t('settings.save')}
          </ActionButton>
          {!unchanged && (
            <Button variant="secondary" onPress={() => form.change(saved)}>
              {t('settings.discard')}
            </Button>
          )}
        </Flex>
      </form>
    </Section>
  );
}

/** Only what was changed is sent, so that two admins who change different fields do not undo each other. */
function changesOf(
  before: ClusterFormValues,
  after: ClusterFormValues,
): UpdateClusterRequest {
  const fields = [
    'title',
    'apiServer',
    'caData',
    'usernamePrefix',
    'groupsPrefix',
  ] as const;
  return Object.fromEntries(
    fields
      .map(field => [field, after[field].trim()] as const)
      .filter(([field, value]) => value !== before[field].trim()),
  );
}
