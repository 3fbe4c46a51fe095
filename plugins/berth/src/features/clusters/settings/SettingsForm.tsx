import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import {
  AdvancedFields,
  changesOf,
  ClusterField,
  ClusterFormValues,
  DescriptionFields,
  useClusterRules,
  valuesOf,
  WhereFields,
  WorkloadFields,
} from '../form';
import {
  ActionButton,
  ConflictAlert,
  ProblemAlert,
  Translate,
  useNotify,
  useText,
} from '../../../kit';
import { mergeSettings, OthersChange } from './mergeSettings';
import { berthApiRef } from '../../../api';
import formStyles from '../form/ClusterForm.module.css';
import { useEditForm } from '../../../kit/form';
import { Section } from '../../../kit/Section';

const LONG = 80;

/** Lists the changes that another person saved while the settings were edited here. */
export function SettingsConflictAlert({
  changes,
}: {
  changes: OthersChange[];
}) {
  const t = useText();
  return (
    <ConflictAlert
      title={t('settings.conflict.title')}
      description={t('settings.conflict.description')}
      changes={changes.map(({ field, before, theirs, mine }) => {
        const change = t('settings.conflict.change', {
          field: labelOf(t, field),
          before: shown(t, before),
          theirs: shown(t, theirs),
        });
        return mine === undefined
          ? change
          : `${change} ${t('settings.conflict.mine', {
              mine: shown(t, mine),
            })}`;
      })}
    />
  );
}

function shown(t: Translate, value: string): string {
  const line = value.trim().replace(/\s+/g, ' ');
  if (!line) {
    return t('settings.conflict.nothing');
  }
  return `“${line.length > LONG ? `${line.slice(0, LONG)}…` : line}”`;
}

/** Returns the label of a field in the form. */
export function labelOf(t: Translate, field: ClusterField): string {
  const labels: Record<ClusterField, string> = {
    name: t('form.name'),
    title: t('form.title'),
    apiServer: t('form.apiServer'),
    caData: t('form.ca'),
    connection: t('form.connection'),
    credential: t('form.credential'),
    kubectlVia: t('form.kubectlVia'),
    usernamePrefix: t('form.usernamePrefix'),
    groupsPrefix: t('form.groupsPrefix'),
    namespacePrefix: t('form.namespacePrefix'),
    defaultStorageClass: t('form.defaultStorageClass'),
    'ingress.className': t('form.ingressClass'),
    'ingress.annotations': t('form.ingressAnnotations'),
    'ingress.certificate': t('form.certificateChoice.label'),
    'ingress.tlsSecret': t('form.tlsSecret'),
    'nodePlacement.nodeSelector': t('form.nodeSelector'),
    'nodePlacement.tolerations': t('form.tolerations'),
    labels: t('form.labels'),
    links: t('form.links'),
  };
  return labels[field];
}

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
