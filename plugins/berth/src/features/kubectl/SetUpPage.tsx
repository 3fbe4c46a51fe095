import { Container, Flex, Header, Skeleton, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { KubectlPortal } from '@berth/plugin-berth-common';
import { useMine, usePageTitle } from '../../kit/hooks';
import {
  KubeconfigDownload,
  LoginSteps,
  isKubectlOff,
  useKubectlPortal,
  useLifetimeText,
} from '../../kit/kubectl';
import { mineRouteRef } from '../../routes';
import { ProblemNotice, Section, useText } from '../../kit';
import { KubectlOff } from './KubectlOff';
import { TokenFileButton } from './TokenFileButton';
import { Devices } from './devices/Devices';
import styles from './kubectl.module.css';

/** Leads a person to their first answer of kubectl, and lists the computers on which they are signed in. */
export function SetUpPage() {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  usePageTitle(t('kubectl.title'), t('mine.title'));
  const portal = useKubectlPortal();
  const off = isKubectlOff(portal.error);
  return (
    <>
      <Header
        title={t('kubectl.title')}
        breadcrumbs={[{ label: t('mine.title'), href: mine() }]}
        description={off ? undefined : t('kubectl.description')}
      />
      <Container>{content()}</Container>
    </>
  );

  function content() {
    if (portal.value) {
      return (
        <div className={styles.page}>
          <Ways portal={portal.value} />
          <Devices />
        </div>
      );
    }
    if (off) {
      return <KubectlOff />;
    }
    return portal.error ? (
      <ProblemNotice
        error={portal.error}
        onRetry={portal.refresh}
        retrying={portal.refreshing}
      />
    ) : (
      <Skeleton width="100%" height={320} />
    );
  }
}

/** The ways to a kubeconfig, the best one first. */
function Ways({ portal }: { portal: KubectlPortal }) {
  const t = useText();
  const lifetime = useLifetimeText();
  const { namespaces } = useMine();
  const first = namespaces.value?.items[0];
  return (
    <div className={styles.ways}>
      <Section title={t('kubectl.login.title')}>
        <Flex direction="column" gap="4">
          <Text as="p">
            {t('kubectl.login.description', {
              lifetime: lifetime(portal.signInLifetime),
            })}
          </Text>
          <LoginSteps
            portal={portal}
            firstCommand={
              first
                ? `kubectl --context ${first.cluster} get pods`
                : 'kubectl config get-contexts'
            }
          />
        </Flex>
      </Section>
      <div className={styles.others}>
        <Section title={t('kubectl.file.title')}>
          <Flex direction="column" gap="3" align="start">
            <Text as="p">{t('kubectl.file.description')}</Text>
            <KubeconfigDownload />
          </Flex>
        </Section>
        <Section title={t('kubectl.token.title')}>
          <Flex direction="column" gap="3" align="start">
            <Text as="p">{t('kubectl.token.description')}</Text>
            <TokenFileButton />
          </Flex>
        </Section>
      </div>
    </div>
  );
}
