import { useCallback, useMemo, useRef } from 'react';
import { Button, ButtonLink, Flex } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  KubeconfigCluster,
  cleanClusterName,
} from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { usePolling } from '../../../kit/hooks';
import { clusterRouteRef, clustersRouteRef } from '../../../routes';
import {
  AdvancedFields,
  ApiServerField,
  CaField,
  ClusterForm,
  ClusterFormValues,
  DescriptionFields,
  EMPTY_VALUES,
  KubeconfigPaste,
  NameField,
  TitleField,
  WorkloadFields,
  createRequestOf,
  useClusterForm,
} from '../form';
import styles from '../form/ClusterForm.module.css';
import { ProblemAlert, useText, useUnsavedChanges } from '../../../kit';

/** Registers a cluster and opens its onboarding. */
export function AddClusterForm() {
  const t = useText();
  const api = useApi(berthApiRef);
  const navigate = useNavigate();
  const clusters = useRouteRef(clustersRouteRef);
  const clusterRoute = useRouteRef(clusterRouteRef);
  const takenNames = useTakenNames();

  const preview = useCallback(
    async (values: ClusterFormValues) => {
      const name = cleanClusterName(values.name);
      return (await api.previewCluster(createRequestOf(name, values))).problems;
    },
    [api],
  );

  const form = useClusterForm({
    initial: EMPTY_VALUES,
    takenNames,
    preview,
    onSubmit: async values => {
      const created = await api.createCluster(
        createRequestOf(cleanClusterName(values.name), values),
      );
      navigate(`${clusterRoute({ name: created.name })}/onboarding`);
    },
  });

  useUnsavedChanges(
    JSON.stringify(form.values) !== JSON.stringify(EMPTY_VALUES),
  );

  return (
    <form className={styles.form} {...form.formProps}>
      {form.failure !== undefined && (
        <ProblemAlert error={form.failure} title={t('addCluster.failed')} />
      )}
      <KubeconfigPaste onCluster={useTakeOver(form)} />
      <NameField form={form} />
      <TitleField form={form} />
      <ApiServerField form={form} />
      <CaField form={form} />
      <AdvancedFields form={form} />
      <WorkloadFields form={form} />
      <DescriptionFields form={form} />
      <Flex gap="2">
        <Button type="submit" variant="primary" isPending={form.submitting}>
          {t('addCluster.submit')}
        </Button>
        <ButtonLink variant="secondary" href={clusters()}>
          {t('common.cancel')}
        </ButtonLink>
      </Flex>
    </form>
  );
}

function useTakenNames(): ReadonlySet<string> {
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.listClusters(), [api]);
  const { value: existing } = usePolling(load, () => undefined);
  return useMemo(
    () => new Set(existing?.items.map(({ name }) => name)),
    [existing],
  );
}

/**
 * Fills in the fields from a kubeconfig. A typed name stays; a name from another context is replaced.
 *
 * @returns whether the name was filled in
 */
function useTakeOver(
  form: ClusterForm,
): (cluster: KubeconfigCluster) => boolean {
  const lastName = useRef('');
  return ({ name, apiServer, caData }) => {
    const typed =
      form.values.name !== '' && form.values.name !== lastName.current;
    form.change({ apiServer, caData, ...(!typed && { name }) });
    lastName.current = name;
    return !typed;
  };
}
