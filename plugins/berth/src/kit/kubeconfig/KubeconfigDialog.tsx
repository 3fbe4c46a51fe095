import { useMemo, useState, useCallback, useEffect } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import {
  Cluster,
  TokenResponse,
  createKubeconfig,
} from '@berth/plugin-berth-common';
import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { problemOf } from '../format';
import { useAccess, useNow } from '../hooks';
import { useKubectlPortal } from '../kubectl';
import { AccessExplanationPanel } from '../explain/AccessExplanationPanel';
import {
  ClusterBanner,
  CodeBlock,
  CopyButton,
  DownloadButton,
  ProblemAlert,
  useText,
} from '..';
import { Command, Validity, ViaPortal } from './parts';
import { entryOf } from './entry';
import { kubeconfigFileName } from './fileName';
import { NamespaceChoice } from './NamespaceChoice';
import { serverOf } from './server';
import { SignIn } from './SignIn';
import { berthApiRef } from '../../api';

const WIDTH = 640;

interface KubeconfigDialogProps {
  cluster: Cluster;
  /** The namespace of the context; by default that of one of the caller's shares. */
  namespace?: string;
  onClose: () => void;
}

/** Offers the ways to a kubeconfig of a cluster: the sign-in with kubectl, a file without a secret, and a token. */
export function KubeconfigDialog(props: KubeconfigDialogProps) {
  const { cluster, onClose } = props;
  const t = useText();
  const portal = useKubectlPortal();
  const [wantsToken, setWantsToken] = useState(false);
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>
        {t('kubeconfig.title', { cluster: cluster.name })}
      </DialogHeader>
      {content()}
    </Dialog>
  );

  function content() {
    // Without the sign-in, the token is the only way.
    if (wantsToken || portal.error !== undefined) {
      return <TokenKubeconfig {...props} />;
    }
    return portal.value ? (
      <SignIn
        {...props}
        portal={portal.value}
        onToken={() => setWantsToken(true)}
      />
    ) : (
      <DialogBody>
        <Skeleton height={180} width="100%" />
      </DialogBody>
    );
  }
}

/** The kubeconfig with a token, requested now. */
function TokenKubeconfig({
  cluster,
  namespace,
  onClose,
}: KubeconfigDialogProps) {
  const t = useText();
  const { token, error, minting, mint } = useToken(cluster.name);
  if (token) {
    return (
      <Kubeconfig
        cluster={cluster}
        namespace={namespace}
        token={token}
        onRenew={mint}
        onClose={onClose}
      />
    );
  }
  return (
    <>
      <DialogBody>
        {error ? (
          <>
            <ProblemAlert error={error} title={t('kubeconfig.failed')} />
            {isRefusal(error) && (
              <AccessExplanationPanel
                cluster={cluster.name}
                namespace={namespace}
              />
            )}
          </>
        ) : (
          <Flex direction="column" gap="2" aria-busy="true">
            <Text color="secondary">{t('kubeconfig.minting')}</Text>
            <Skeleton height={180} width="100%" />
          </Flex>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('kubeconfig.close')}
        </Button>
        {error !== undefined && (
          <Button variant="primary" onPress={mint} isPending={minting}>
            {t('common.retry')}
          </Button>
        )}
      </DialogFooter>
    </>
  );
}

function Kubeconfig(props: {
  cluster: Cluster;
  namespace?: string;
  token: Token;
  onRenew: () => void;
  onClose: () => void;
}) {
  const { cluster, namespace, token, onRenew, onClose } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { shares } = entryOf(cluster, access);
  const [chosen, setChosen] = useState(namespace ?? shares[0]?.namespace);
  const expiresAt = Date.parse(token.expiresAt);
  const expired = useNow(1000) >= expiresAt;
  const fileName = useMemo(
    () => kubeconfigFileName(cluster.name, new Date()),
    // Each token needs another file.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cluster.name, token],
  );

  const text = useMemo(
    () =>
      createKubeconfig([
        {
          cluster: cluster.name,
          ...serverOf(cluster, token.api),
          username: access?.username ?? '',
          token: token.token,
          namespace: chosen,
        },
      ]),
    [access, chosen, cluster, token],
  );

  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="3">
          <ClusterBanner
            cluster={cluster}
            consequence={t('clusterBanner.kubeconfig')}
          />
          <ViaPortal cluster={cluster} />
          <Validity expiresAt={expiresAt} />
          <Text color="secondary">{t('kubeconfig.secret')}</Text>
          <NamespaceChoice
            shares={shares}
            given={namespace}
            chosen={chosen}
            onChoose={setChosen}
          />
          <CodeBlock
            text={text.replace(token.token, t('kubeconfig.hidden'))}
            label={t('kubeconfig.title', { cluster: cluster.name })}
            maxHeight={260}
          />
          <Text variant="body-small" color="secondary">
            {t('kubeconfig.use')}
          </Text>
          <Command
            label={t('kubeconfig.command')}
            text={`kubectl --kubeconfig "$HOME/Downloads/${fileName}" get pods`}
          />
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('kubeconfig.close')}
        </Button>
        {expired ? (
          <Button variant="primary" onPress={onRenew}>
            {t('kubeconfig.renew')}
          </Button>
        ) : (
          <>
            <DownloadButton text={text} fileName={fileName} />
            <CopyButton text={text} variant="primary" />
          </>
        )}
      </DialogFooter>
    </>
  );
}

function isRefusal(error: unknown): boolean {
  return ['forbidden', 'notFound'].includes(problemOf(error).kind);
}

/** A token, with the address of Berth's API. */
interface Token extends TokenResponse {
  api: string;
}

/** A token for one cluster, requested on first use and again on demand. */
export interface MintedToken {
  token?: Token;
  error?: unknown;
  minting: boolean;
  mint: () => void;
}

/** Requests a token for the caller. The token is kept in memory only. */
export function useToken(cluster: string): MintedToken {
  const api = useApi(berthApiRef);
  const discovery = useApi(discoveryApiRef);
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<Omit<MintedToken, 'mint'>>({
    minting: true,
  });

  useEffect(() => {
    let current = true;
    setResult({ minting: true });
    Promise.all([api.createToken(cluster), discovery.getBaseUrl('berth')]).then(
      ([token, address]) =>
        current &&
        setResult({ token: { ...token, api: address }, minting: false }),
      error => current && setResult({ error, minting: false }),
    );
    return () => {
      current = false;
    };
  }, [api, discovery, cluster, attempt]);

  const mint = useCallback(() => setAttempt(number => number + 1), []);
  return { ...result, mint };
}
