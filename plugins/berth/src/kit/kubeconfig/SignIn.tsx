import { ReactNode, useState } from 'react';
import { Button, DialogBody, DialogFooter, Flex, Text } from '@backstage/ui';
import { Cluster, KubectlPortal } from '@berth/plugin-berth-common';
import { ClusterBanner, useText } from '..';
import { useAccess } from '../hooks';
import { KubeconfigDownload, LoginSteps, useLifetimeText } from '../kubectl';
import { entryOf } from './entry';
import { NamespaceChoice } from './NamespaceChoice';
import { ViaPortal } from './parts';

/** The ways to work on one cluster with kubectl, the best one first. */
export function SignIn(props: {
  cluster: Cluster;
  /** The namespace of the context; by default that of one of the caller's shares. */
  namespace?: string;
  portal: KubectlPortal;
  /** Called when the person chooses the token. */
  onToken: () => void;
  onClose: () => void;
}) {
  const { cluster, namespace, portal, onToken, onClose } = props;
  const { name } = cluster;
  const t = useText();
  const lifetime = useLifetimeText();
  const { value: access } = useAccess();
  const { shares } = entryOf(cluster, access);
  const [chosen, setChosen] = useState(namespace ?? shares[0]?.namespace);
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="5">
          <ClusterBanner
            cluster={cluster}
            consequence={t('clusterBanner.kubeconfig')}
          />
          <ViaPortal cluster={cluster} />
          <NamespaceChoice
            shares={shares}
            given={namespace}
            chosen={chosen}
            onChoose={setChosen}
          />
          <Way
            title={t('kubectl.login.title')}
            description={t('kubectl.login.description', {
              lifetime: lifetime(portal.signInLifetime),
            })}
          >
            <LoginSteps
              portal={portal}
              firstCommand={[
                `kubectl --context ${name}`,
                chosen && `--namespace ${chosen}`,
                'get pods',
              ]
                .filter(Boolean)
                .join(' ')}
            />
          </Way>
          <Way
            title={t('kubectl.file.title')}
            description={t('kubectl.file.ofCluster', { cluster: name })}
          >
            <KubeconfigDownload query={{ cluster: name, namespace: chosen }} />
          </Way>
          <Way
            title={t('kubectl.token.title')}
            description={t('kubectl.token.description')}
          >
            <Button variant="secondary" onPress={onToken}>
              {t('kubectl.token.open')}
            </Button>
          </Way>
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('kubeconfig.close')}
        </Button>
      </DialogFooter>
    </>
  );
}

function Way(props: {
  title: string;
  description: string;
  children: ReactNode;
}) {
  const { title, description, children } = props;
  return (
    <Flex direction="column" gap="3" align="stretch">
      <Text as="h3" variant="body-large" weight="bold">
        {title}
      </Text>
      <Text as="p">{description}</Text>
      <div>{children}</div>
    </Flex>
  );
}
