import { useState } from 'react';
import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { isOutdated } from '../../../kit/format';
import {
  AdvancedFields,
  ApiServerField,
  CaField,
  ClusterFormValues,
  DescriptionFields,
  TitleField,
  WorkloadFields,
  changesOf,
  useClusterForm,
  valuesOf,
} from '../form';
import formStyles from '../form/ClusterForm.module.css';
import {
  ActionButton,
  ProblemAlert,
  useNotify,
  useText,
  useUnsavedChanges,
} from '../../../kit';
import { Section } from '../../../kit/Section';
import { SettingsConflictAlert } from './SettingsConflictAlert';
import { OthersChange, mergeSettings } from './mergeSettings';

const NO_NAMES: ReadonlySet<string> = new Set();

/** What an admin can change of a cluster. */
export function SettingsForm(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const { name } = cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [saved, setSaved] = useState(cluster);
  const [others, setOthers] = useState<OthersChange[]>([]);
  const before = valuesOf(saved);

  const form = useClusterForm({
    initial: before,
    takenNames: NO_NAMES,
    storedConnection: saved.connection,
    onSubmit: async values => {
      try {
        const updated = await api.updateCluster(
          name,
          changesOf(before, values),
          { etag: saved.etag },
        );
        setSaved(updated);
        setOthers([]);
        form.change(valuesOf(updated));
      } catch (error) {
        if (!isOutdated(error)) {
          throw error;
        }
        await merge(values);
        return;
      }
      notify({
        message: t('settings.saved'),
      });
      await onChanged();
    },
  });

  async function merge(values: ClusterFormValues) {
    const theirs = await api.getCluster(name);
    const merged = mergeSettings(before, values, valuesOf(theirs));
    setSaved(theirs);
    setOthers(merged.changes);
    form.change(merged.values);
  }

  const unchanged = Object.keys(changesOf(before, form.values)).length === 0;
  useUnsavedChanges(!unchanged);
  return (
    <Section title={t('settings.title')}>
      <form className={formStyles.form} {...form.formProps}>
        {form.failure !== undefined && (
          <ProblemAlert error={form.failure} title={t('settings.failed')} />
        )}
        <TitleField form={form} />
        <ApiServerField form={form} />
        <CaField form={form} />
        <AdvancedFields form={form} stored={saved.connection} />
        <WorkloadFields form={form} />
        <DescriptionFields form={form} />
        {others.length > 0 && <SettingsConflictAlert changes={others} />}
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
            <Button
              variant="secondary"
              onPress={() => {
                form.change(before);
                setOthers([]);
              }}
            >
              {t('settings.discard')}
            </Button>
          )}
        </Flex>
      </form>
    </Section>
  );
}
