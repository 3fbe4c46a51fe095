import { useMemo, useRef } from 'react';
import { Button, ButtonLink, Flex } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  KubeconfigCluster,
  cleanClusterName,
} from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { useAnswer, useClusters } from '../../../kit/hooks';
import { clusterRouteRef, clustersRouteRef } from '../../../routes';
import {
  ALIASES,
  AdvancedFields,
  CLUSTER_FIELDS,
  ClusterForm,
  ClusterFormValues,
  DescriptionFields,
  EMPTY_VALUES,
  KubeconfigPaste,
  WhereFields,
  WorkloadFields,
  createRequestOf,
  useClusterRules,
} from '../form';
import styles from '../form/ClusterForm.module.css';
import { ProblemAlert, useText } from '../../../kit';
import { messagesAt, useForm, withMessages } from '../../../kit/form';

/** Milliseconds without a key press, after which the form checks the input. */
const PAUSE = 700;

/** Registers a cluster and opens its onboarding. */
export function AddClusterForm() {
  const t = useText();
  const api = useApi(berthApiRef);
  const navigate = useNavigate();
  const clusters = useRouteRef(clustersRouteRef);
  const clusterRoute = useRouteRef(clusterRouteRef);
  const checked = useForm({
    ...useClusterRules(useTakenNames()),
    initial: EMPTY_VALUES,
  });
  const { isValid, isSubmitting } = checked.formState;
  // The form shows a failure on submission.
  const { latest, asking } = useAnswer(
    isValid ? checked.values : undefined,
    values => api.previewCluster(requestOf(values)),
    PAUSE,
  );
  const problems = asking ? [] : latest?.problems ?? [];
  const form = withMessages(
    checked,
    messagesAt(problems, CLUSTER_FIELDS, ALIASES),
  );

  const submit = () =>
    form.send(async values => {
      const created = await api.createCluster(requestOf(values));
      navigate(`${clusterRoute({ name: created.name })}/onboarding`);
    });

  return (
    <form className={styles.form} {...form.formProps(submit)}>
      {form.failure !== undefined && (
        <ProblemAlert error={form.failure} title={t('addCluster.failed')} />
      )}
      <KubeconfigPaste onCluster={useTakeOver(form)} />
      <WhereFields form={form} isNew />
      <AdvancedFields form={form} />
      <WorkloadFields form={form} />
      <DescriptionFields form={form} />
      <Flex gap="2">
        <Button type="submit" variant="primary" isPending={isSubmitting}>
          {t('addCluster.submit')}
        </Button>
        <ButtonLink variant="secondary" href={clusters()}>
          {t('common.cancel')}
        </ButtonLink>
      </Flex>
    </form>
  );
}

function requestOf(values: ClusterFormValues) {
  return createRequestOf(cleanClusterName(values.name), values);
}

function useTakenNames(): ReadonlySet<string> {
  const { value: existing } = useClusters();
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
