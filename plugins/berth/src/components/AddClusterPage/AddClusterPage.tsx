import { useCallback, useMemo } from 'react';
import {
  Button,
  ButtonLink,
  Container,
  Flex,
  Header,
  Text,
} from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { cleanClusterName } from '@berth/plugin-berth-common';
import { RiLockLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../api';
import { useAccess, usePolling } from '../../hooks';
import { clusterRouteRef, rootRouteRef } from '../../routes';
import {
  AdvancedFields,
  ApiServerField,
  CaField,
  EMPTY_VALUES,
  KubeconfigPaste,
  NameField,
  TitleField,
  useClusterForm,
} from '../ClusterForm';
import styles from '../ClusterForm/ClusterForm.module.css';
import { Notice, ProblemAlert, useText } from '../common';

/** The form that registers a cluster. */
export function AddClusterPage() {
  const t = useText();
  const root = useRouteRef(rootRouteRef);
  const { value: access } = useAccess();
  return (
    <>
      <Header
        title={t('addCluster.title')}
        breadcrumbs={[{ label: t('clusters.title'), href: root() }]}
        description={t('addCluster.description')}
      />
      <Container>
        {access && !access.admin ? (
          <Notice icon={RiLockLine} title={t('clusters.addForbidden')}>
            <Text color="secondary">{t('addCluster.forbiddenNext')}</Text>
          </Notice>
        ) : (
          <AddClusterForm />
        )}
      </Container>
    </>
  );
}

function AddClusterForm() {
  const t = useText();
  const api = useApi(berthApiRef);
  const navigate = useNavigate();
  const root = useRouteRef(rootRouteRef);
  const clusterRoute = useRouteRef(clusterRouteRef);

  const load = useCallback(() => api.listClusters(), [api]);
  const { value: existing } = usePolling(load, () => undefined);
  const takenNames = useMemo(
    () => new Set(existing?.items.map(({ name }) => name)),
    [existing],
  );

  const form = useClusterForm({
    initial: EMPTY_VALUES,
    takenNames,
    onSubmit: async values => {
      const created = await api.createCluster({
        ...values,
        name: cleanClusterName(values.name),
        title: values.title.trim() || undefined,
      });
      navigate(`${clusterRoute({ name: created.name })}/onboarding`);
    },
  });

  return (
    <form className={styles.form} {...form.formProps}>
      <KubeconfigPaste
        onCluster={({ name, apiServer, caData }) =>
          form.change({
            apiServer,
            caData,
            ...(!form.values.name && { name }),
          })
        }
      />
      <NameField form={form} />
      <TitleField form={form} />
      <ApiServerField form={form} />
      <CaField form={form} />
      <AdvancedFields form={form} />
      {form.failure !== undefined && <ProblemAlert error={form.failure} />}
      <Flex gap="2">
        <Button type="submit" variant="primary" isPending={form.submitting}>
          {t('addCluster.submit')}
        </Button>
        <ButtonLink variant="secondary" href={root()}>
          {t('common.cancel')}
        </ButtonLink>
      </Flex>
    </form>
  );
}
