import { Alert, ButtonLink, Skeleton } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { Polled } from '../../../kit/query';
import { clusterRouteRef } from '../../../routes';
import { Steps, useText } from '../../../kit';
import styles from '../../../kit/page.module.css';
import {
  CheckStep,
  ManifestStep,
  stepStates,
  TrustStep,
  WhereStep,
} from './steps';
import { useDistribution, useFeatures, useGuide } from './useDistribution';

/** Shows the steps that connect a cluster to the portal, opened at the current one. */
export function OnboardingTab(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
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
      <KnownVersion
        cluster={cluster}
        render={version => (
          <OnboardingSteps
            cluster={cluster}
            polled={polled}
            version={version}
          />
        )}
      />
    </div>
  );
}

/** Waits for the version that selects the guide: the portal can read it before the cluster is connected. */
function KnownVersion(props: {
  cluster: Cluster;
  render: (version: string | undefined) => JSX.Element;
}) {
  const { cluster, render } = props;
  const { value, error } = useGuide(cluster.name, 'manifest');
  const version = cluster.status.version ?? value?.version;
  return version !== undefined || value || error !== undefined ? (
    render(version)
  ) : (
    <Skeleton width="100%" height={320} />
  );
}

function OnboardingSteps(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
  version: string | undefined;
}) {
  const { cluster, polled, version } = props;
  const states = stepStates(cluster.status);
  const [distribution, choose] = useDistribution(cluster, version);
  const [features, chooseFeatures] = useFeatures();
  const guide = useGuide(cluster.name, distribution, features);
  return (
    <Steps>
      <WhereStep cluster={cluster} state={states.where} />
      <TrustStep
        cluster={cluster}
        state={states.trust}
        distribution={distribution}
        versionKnown={version !== undefined}
        guide={guide}
        onChoose={choose}
      />
      <ManifestStep
        guide={guide}
        state={states.manifest}
        features={features}
        onChoose={chooseFeatures}
      />
      <CheckStep cluster={cluster} polled={polled} state={states.check} />
    </Steps>
  );
}
