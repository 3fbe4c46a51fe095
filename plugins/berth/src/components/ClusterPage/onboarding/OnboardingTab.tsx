import { Alert, ButtonLink } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { Polled } from '../../../hooks';
import { clusterRouteRef } from '../../../routes';
import { Steps, useText } from '../../common';
import styles from '../ClusterPage.module.css';
import { CheckStep } from './CheckStep';
import { ManifestStep } from './ManifestStep';
import { TrustStep } from './TrustStep';
import { WhereStep } from './WhereStep';
import { stepStates } from './stepStates';
import { useGuide } from './useGuide';

/** The steps by which a cluster comes to trust the portal, at the one that it has come to. */
export function OnboardingTab(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const states = stepStates(cluster.status);
  const manifest = useGuide(cluster.name, 'manifest');
  return (
    <div className={styles.tab}>
      {cluster.status.state === 'Connected' && (
        <Alert
          status="success"
          icon
          title={t('onboarding.done.title')}
          description={t('onboarding.done.description')}
          customActions={
            cluster.shares.length === 0 && (
              <ButtonLink
                variant="secondary"
                href={`${route({ name: cluster.name })}/access`}
              >
                {t('onboarding.done.share')}
              </ButtonLink>
            )
          }
        />
      )}
      <Steps>
        <WhereStep cluster={cluster} state={states.where} />
        <TrustStep
          cluster={cluster}
          state={states.trust}
          later={manifest.value?.steps ?? []}
        />
        <ManifestStep guide={manifest} state={states.manifest} />
        <CheckStep cluster={cluster} polled={polled} state={states.check} />
      </Steps>
    </div>
  );
}
