import { useEffect } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../../api';
import { NameCheck } from '../../../../kit/hooks';
import { Polled, untilLoaded, usePolled } from '../../../../kit/query';
import { ProblemAlert, useText } from '../../../../kit';
import { FormSelect, FormText } from '../../../../kit/form';
import { RequestFormState } from '../requestForm';

/** The namespaces to load; more than a person works in on one cluster. */
const LIMIT = 500;

interface PlaceProps {
  form: RequestFormState;
  clusters: Polled<List<Cluster>>;
  /** The check of a new namespace's name. */
  nameCheck: NameCheck;
}

/** Chooses the cluster and the namespace. */
export function PlaceFields(props: PlaceProps) {
  const { form } = props;
  const { kind } = form.values;
  return (
    <>
      <ClusterField {...props} />
      {kind === 'namespace' && <NewNameField {...props} />}
      {kind === 'quota' && <OwnNamespaceField form={form} />}
      {kind === 'grant' && <AnyNamespaceField form={form} />}
    </>
  );
}

function ClusterField({ form, clusters }: PlaceProps) {
  const t = useText();
  const { value, error } = clusters;
  const { cluster } = form.values;
  const { change } = form;
  const only = value?.items.length === 1 ? value.items[0].name : undefined;
  useEffect(() => {
    if (only && !cluster) {
      change({ cluster: only });
    }
    // Only newly loaded options are chosen automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [only]);
  const known = (value?.items ?? []).map(({ name, title }) => ({
    id: name,
    label: name,
    ...(title && { description: title }),
  }));
  const isListed = known.some(({ id }) => id === cluster);
  return (
    <>
      <FormSelect
        form={form}
        name="cluster"
        label={t('requestForm.cluster')}
        placeholder={t('requestForm.chooseCluster')}
        options={
          cluster && !isListed
            ? [...known, { id: cluster, label: cluster }]
            : known
        }
      />
      {error !== undefined && !value && <ProblemAlert error={error} />}
    </>
  );
}

/** Edits the name of a new namespace, and shows whether the cluster has it already. */
function NewNameField({ form, nameCheck }: PlaceProps) {
  const { values } = form;
  const t = useText();
  const { name = values.namespace } = nameCheck;
  const { cluster } = values;
  return (
    <div>
      <NamespaceTextField
        form={form}
        label={t('requestForm.newName')}
        description={t('newNamespace.nameHint')}
      />
      <div role="status">
        {!form.errorOf('namespace') && values.namespace && (
          <Text variant="body-small" color="secondary">
            {message()}
          </Text>
        )}
      </div>
    </div>
  );

  function message(): string | undefined {
    switch (nameCheck.state) {
      case 'checking':
        return t('newNamespace.nameChecking', { name: values.namespace });
      case 'free':
        return name === values.namespace
          ? t('newNamespace.nameFree', { name, cluster })
          : t('newNamespace.nameWithPrefix', { name, cluster });
      default:
        return nameCheck.message;
    }
  }
}

function OwnNamespaceField({ form }: { form: RequestFormState }) {
  const { cluster, namespace } = form.values;
  const t = useText();
  const api = useApi(berthApiRef);
  const { value, error } = usePolled({
    key: ['ownNamespaces', cluster],
    load: async () =>
      cluster
        ? api.listNamespaces({ mine: true, cluster, limit: LIMIT })
        : { items: [], totalItems: 0 },
    every: untilLoaded,
  });
  const names = value?.items.map(({ name }) => name) ?? [];
  const offered = [...new Set([...names, ...(namespace ? [namespace] : [])])];
  return (
    <>
      <FormSelect
        form={form}
        name="namespace"
        label={t('requestForm.namespace')}
        placeholder={t('requestForm.chooseNamespace')}
        options={offered.sort().map(name => ({ id: name, label: name }))}
      />
      {error !== undefined && !value && <ProblemAlert error={error} />}
    </>
  );
}

/** Edits the name of any namespace: a person who requests a role may not see the namespace yet. */
function AnyNamespaceField({ form }: { form: RequestFormState }) {
  const t = useText();
  return (
    <NamespaceTextField
      form={form}
      label={t('requestForm.namespace')}
      description={t('requestForm.namespaceHint')}
    />
  );
}

function NamespaceTextField(props: {
  form: RequestFormState;
  label: string;
  description: string;
}) {
  return (
    <FormText
      {...props}
      name="namespace"
      size="small"
      isRequired
      autoComplete="off"
    />
  );
}
