import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  AdvancedFields,
  ClusterFormValues,
  DescriptionFields,
  WhereFields,
  WorkloadFields,
  changesOf,
  useClusterRules,
  valuesOf,
} from '../form';
import formStyles from '../form/ClusterForm.module.css';
import { ActionButton, ProblemAlert, useNotify, useText } from '../../../kit';
import { useEditForm } from '../../../kit/form';
import { Section } from '../../../kit/Section';
import { SettingsConflictAlert } from './SettingsConflictAlert';
import { mergeSettings } from './mergeSettings';

const NO_NAMES: ReadonlySet<string> = new Set();

/** Edits the settings of a cluster, for admins. */
export function SettingsForm(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const { name } = cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const form = useEditForm<Cluster, ClusterFormValues>({
    ...useClusterRules(NO_NAMES, cluster.connection),
    seen: cluster,
    valuesOf,
    isSame: (one, other) => Object.keys(changesOf(one, other)).length === 0,
    merge: (before, mine, theirs) => mergeSettings(before, mine, theirs).values,
    mergesAtOnce: true,
    load: () => api.getCluster(name),
    save: (values, base) =>
      api.updateCluster(name, changesOf(valuesOf(base), values), {
        etag: base.etag,
      }),
  });
  const { base, conflict, isChanged } = form;

  const save = async () => {
    if (isChanged && (await form.save())) {
      notify({ message: t('settings.saved') });
      await onChanged();
    }
  };

  return (
    <Section title={t('settings.title')}>
      <form className={formStyles.form} {...form.formProps(save)}>
        {form.failure !== undefined && (
          <ProblemAlert error={form.failure} title={t('settings.failed')} />
        )}
        <WhereFields form={form} />
        <AdvancedFields form={form} stored={base.connection} />
        <WorkloadFields form={form} />
        <DescriptionFields form={form} />
        {conflict && (
          <SettingsConflictAlert
            changes={
              mergeSettings(
                valuesOf(conflict.before),
                conflict.mine,
                valuesOf(conflict.theirs),
              ).changes
            }
          />
        )}
        <Flex gap="2">
          <ActionButton
            type="submit"
            variant="primary"
            isPending={form.formState.isSubmitting}
            disabledReason={isChanged ? undefined : t('settings.unchanged')}
          >
            {t('settings.save')}
          </ActionButton>
          {isChanged && (
            <Button variant="secondary" onPress={form.discard}>
              {t('settings.discard')}
            </Button>
          )}
        </Flex>
      </form>
    </Section>
  );
}
