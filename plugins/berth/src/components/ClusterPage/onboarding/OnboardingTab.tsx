import { useCallback, useState } from 'react';
import { Alert, Button, Flex, Skeleton, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolling } from '../../../hooks';
import {
  ClusterStateLabel,
  CodeBlock,
  CopyButton,
  DownloadButton,
  Moment,
  ProblemAlert,
  useText,
} from '../../common';
import styles from '../ClusterPage.module.css';
import { Section } from '../Section';
import { apiServerFlags } from './flags';
import { useIssuer } from './useIssuer';

const MANIFEST_HEIGHT = 420;

/** The three steps by which a cluster comes to trust the portal. */
export function OnboardingTab(props: {
  cluster: Cluster;
  polled: Polled<Cluster>;
}) {
  const { cluster, polled } = props;
  const t = useText();
  return (
    <div className={styles.tab}>
      {cluster.status.state === 'Connected' && (
        <Alert
          status="success"
          icon
          title={t('onboarding.done.title')}
          description={t('onboarding.done.description')}
        />
      )}
      <ol className={styles.steps}>
        <li>
          <TrustStep cluster={cluster} />
        </li>
        <li>
          <ManifestStep cluster={cluster} />
        </li>
        <li>
          <CheckStep cluster={cluster} polled={polled} />
        </li>
      </ol>
    </div>
  );
}

function TrustStep({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const issuer = useIssuer();
  const flags = issuer.value && apiServerFlags(issuer.value, cluster);
  return (
    <Section
      title={t('onboarding.trust.title')}
      actions={flags && <CopyButton text={flags} />}
    >
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.trust.description')}</Text>
        <Loaded
          polled={issuer}
          title={t('onboarding.trust.failed')}
          render={() => (
            <CodeBlock text={flags ?? ''} label={t('onboarding.trust.title')} />
          )}
        />
        <Text variant="body-small" color="secondary">
          {t('onboarding.trust.hint')}
        </Text>
      </Flex>
    </Section>
  );
}

function ManifestStep({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const { name } = cluster;
  const load = useCallback(() => api.getOnboardingManifest(name), [api, name]);
  const manifest = usePolling(load, () => undefined);
  const fileName = `berth-${name}.yaml`;
  return (
    <Section
      title={t('onboarding.manifest.title')}
      actions={
        manifest.value && (
          <Flex gap="2">
            <DownloadButton text={manifest.value} fileName={fileName} />
            <CopyButton text={manifest.value} />
          </Flex>
        )
      }
    >
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.manifest.description')}</Text>
        <CodeBlock
          text={`kubectl apply -f ${fileName}`}
          label={t('onboarding.manifest.command')}
        />
        <Loaded
          polled={manifest}
          title={t('onboarding.manifest.failed')}
          render={text => (
            <CodeBlock
              text={text}
              label={fileName}
              maxHeight={MANIFEST_HEIGHT}
            />
          )}
        />
      </Flex>
    </Section>
  );
}

function CheckStep(props: { cluster: Cluster; polled: Polled<Cluster> }) {
  const { cluster, polled } = props;
  const t = useText();
  const { state, message, checkedAt } = cluster.status;
  const { checking, problem, check } = useCheck(cluster.name, polled.refresh);
  return (
    <Section
      title={t('onboarding.check.title')}
      actions={
        <Button variant="secondary" onPress={check} isPending={checking}>
          {t('onboarding.check.action')}
        </Button>
      }
    >
      <Flex direction="column" gap="2">
        <Text>{t('onboarding.check.description')}</Text>
        {problem !== undefined && (
          <ProblemAlert error={problem} title={t('onboarding.check.failed')} />
        )}
        <div aria-live="polite">
          <Flex align="center" gap="2">
            <ClusterStateLabel state={state} />
            {checkedAt && (
              <Text variant="body-small" color="secondary">
                {t('onboarding.check.checked', {
                  when: <Moment at={checkedAt} />,
                })}
              </Text>
            )}
          </Flex>
        </div>
        {message && <Text className={styles.message}>{message}</Text>}
      </Flex>
    </Section>
  );
}

/** Has the backend look at the cluster now, and then shows what it found. */
function useCheck(name: string, refresh: () => Promise<void>) {
  const api = useApi(berthApiRef);
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  async function check() {
    setChecking(true);
    setProblem(undefined);
    try {
      await api.runChecks(name);
      await refresh();
    } catch (error) {
      setProblem(error);
    } finally {
      setChecking(false);
    }
  }

  return { checking, problem, check };
}

function Loaded(props: {
  polled: Polled<string>;
  title: string;
  render: (value: string) => JSX.Element;
}) {
  const { polled, title, render } = props;
  const t = useText();
  if (polled.value !== undefined) {
    return render(polled.value);
  }
  if (!polled.error) {
    return <Skeleton width="100%" height={140} />;
  }
  return (
    <Flex direction="column" gap="2" align="start">
      <ProblemAlert error={polled.error} title={title} />
      <Button
        variant="secondary"
        onPress={polled.refresh}
        isPending={polled.refreshing}
      >
        {t('common.retry')}
      </Button>
    </Flex>
  );
}
