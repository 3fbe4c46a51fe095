import { Container, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiLockLine } from '@remixicon/react';
import { useAccess, usePageTitle } from '../../../kit/hooks';
import { clustersRouteRef } from '../../../routes';
import { Notice, Step, Steps, useText } from '../../../kit';
import { AddClusterForm } from './AddClusterForm';

/** The first step of connecting a cluster. The cluster's own page has the other steps, to be continued at any time. */
export function AddClusterPage() {
  const t = useText();
  usePageTitle(t('addCluster.title'), t('clusters.title'));
  const clusters = useRouteRef(clustersRouteRef);
  const { value: access } = useAccess();
  return (
    <>
      <Header
        title={t('addCluster.title')}
        breadcrumbs={[{ label: t('clusters.title'), href: clusters() }]}
        description={t('addCluster.description')}
      />
      <Container>
        {access && !access.admin ? (
          <Notice icon={RiLockLine} title={t('clusters.addForbidden')}>
            <Text color="secondary">{t('addCluster.forbiddenNext')}</Text>
          </Notice>
        ) : (
          <Steps>
            <Step
              number={1}
              state="current"
              title={t('addCluster.where.title')}
              summary={t('addCluster.where.summary')}
            >
              <AddClusterForm />
            </Step>
            <Step
              number={2}
              state="upcoming"
              title={t('onboarding.trust.title')}
              summary={t('addCluster.trustSummary')}
            />
            <Step
              number={3}
              state="upcoming"
              title={t('onboarding.manifest.title')}
              summary={t('addCluster.manifestSummary')}
            />
            <Step
              number={4}
              state="upcoming"
              title={t('onboarding.check.title')}
              summary={t('addCluster.checkSummary')}
            />
          </Steps>
        )}
      </Container>
    </>
  );
}
