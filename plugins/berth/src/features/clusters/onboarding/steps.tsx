import {
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  Flex,
  Select,
  Text,
} from '@backstage/ui';
import {
  Cluster,
  ClusterStatus,
  ONBOARDING_FEATURES,
  OnboardingFeature,
  OnboardingGuide,
} from '@berth/plugin-berth-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Polled } from '../../../kit/query';
import { Loaded, Step, StepState, useText } from '../../../kit';
import { GuideNotes, guideParts, GuideSteps } from './GuideSteps';
import { Distribution, DISTRIBUTIONS } from './useDistribution';
import styles from './onboarding.module.css';
import { clusterRouteRef } from '../../../routes';
import pageStyles from '../../../kit/page.module.css';
import { DoctorPanel, useDoctor } from '../doctor';

/** Shows how to make the API server accept the portal's tokens, by the guide of its distribution. */
export function TrustStep(props: {
  cluster: Cluster;
  state: StepState;
  distribution: Distribution;
  /** Whether the version of the cluster is known. */
  versionKnown: boolean;
  guide: Polled<OnboardingGuide>;
  onChoose: (distribution: Distribution) => void;
}) {
  const { cluster, state, distribution, versionKnown, guide, onChoose } = props;
  const t = useText();
  return (
    <Step number={2} state={state} title={t('onboarding.trust.title')}>
      <Flex direction="column" gap="4">
        <Text>{t('onboarding.trust.description')}</Text>
        <Select
          className={styles.distribution}
          label={t('onboarding.trust.distribution')}
          description={t(
            versionKnown
              ? 'onboarding.trust.distributionHint'
              : 'onboarding.trust.distributionHintNoVersion',
          )}
          value={distribution}
          onChange={chosen => onChoose(chosen as Distribution)}
          options={DISTRIBUTIONS.map(id => ({
            id,
            label: t(`onboarding.distribution.${id}`),
          }))}
        />
        <Loaded
          polled={guide}
          title={t('onboarding.trust.failed')}
          render={value => (
            <Flex direction="column" gap="4">
              <GuideNotes cluster={cluster} guide={value} />
              <GuideSteps steps={guideParts(value).trust} />
            </Flex>
          )}
        />
      </Flex>
    </Step>
  );
}

/** Shows the address of the cluster, with a link to change it. */
export function WhereStep(props: { cluster: Cluster; state: StepState }) {
  const { cluster, state } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const { message } = cluster.status;
  return (
    <Step
      number={1}
      state={state}
      title={t('addCluster.where.title')}
      summary={cluster.apiServer}
      actions={
        <ButtonLink
          variant="secondary"
          href={`${route({ name: cluster.name })}/settings`}
        >
          {t('onboarding.where.change')}
        </ButtonLink>
      }
    >
      {state === 'current' && message && (
        <Text className={pageStyles.message}>{message}</Text>
      )}
    </Step>
  );
}

/** Shows how to give the portal the few rights that it needs. */
export function ManifestStep(props: {
  guide: Polled<OnboardingGuide>;
  state: StepState;
  /** The chosen optional parts. */
  features: OnboardingFeature[];
  onChoose: (features: readonly string[]) => void;
}) {
  const { guide, state, features, onChoose } = props;
  const t = useText();
  return (
    <Step number={3} state={state} title={t('onboarding.manifest.title')}>
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.manifest.description')}</Text>
        <CheckboxGroup
          label={t('onboarding.manifest.features')}
          value={features}
          onChange={onChoose}
        >
          {ONBOARDING_FEATURES.map(feature => (
            <Checkbox key={feature} value={feature}>
              {t(`onboarding.manifest.feature.${feature}`)}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <Loaded
          polled={guide}
          title={t('onboarding.manifest.failed')}
          render={value => {
            const { manifest } = guideParts(value);
            return manifest.length > 0 ? (
              <GuideSteps steps={manifest} />
            ) : (
              <Text>{t('onboarding.manifest.inStep2')}</Text>
            );
          }}
        />
      </Flex>
    </Step>
  );
}

/** Shows the checks, which pass one by one as the earlier steps are done. */
export function CheckStep(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
  state: StepState;
}) {
  const { cluster, polled, state } = props;
  const t = useText();
  const doctor = useDoctor(cluster.name, {
    live: cluster.status.state !== 'Connected',
    onRun: polled.refresh,
  });
  return (
    <Step number={4} state={state} keepOpen title={t('onboarding.check.title')}>
      <Flex direction="column" gap="3">
        <Text color="secondary">{t('onboarding.check.description')}</Text>
        <DoctorPanel doctor={doctor} stateSince={cluster.status.since} />
      </Flex>
    </Step>
  );
}

type StepName = 'where' | 'trust' | 'manifest' | 'check';

/**
 * Derives the progress of the onboarding from the last probe: a cluster that refuses the portal's token was reached, and
 * a cluster that refuses a right has accepted the token.
 */
export function stepStates(
  status: Pick<ClusterStatus, 'state'>,
): Record<StepName, StepState> {
  switch (status.state) {
    case 'Connected':
      return { where: 'done', trust: 'done', manifest: 'done', check: 'done' };
    case 'Forbidden':
      return {
        where: 'done',
        trust: 'done',
        manifest: 'current',
        check: 'current',
      };
    case 'Unreachable':
    case 'Untrusted':
      return {
        where: 'current',
        trust: 'upcoming',
        manifest: 'upcoming',
        check: 'current',
      };
    default:
      return {
        where: 'done',
        trust: 'current',
        manifest: 'current',
        check: 'current',
      };
  }
}
