import { useMemo, useState, useCallback, useEffect } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Select,
  Skeleton,
  Text,
} from '@backstage/ui';
import {
  Cluster,
  Share,
  TokenResponse,
  createKubeconfig,
} from '@berth/plugin-berth-common';
import { useApi } from '@backstage/core-plugin-api';
import { problemOf } from '../format';
import { useAccess, useNow } from '../hooks';
import { AccessExplanationPanel } from '../explain/AccessExplanationPanel';
import {
  ClusterBanner,
  CodeBlock,
  CopyButton,
  DownloadButton,
  ProblemAlert,
  ToneText,
  useText,
} from '..';
import { Command, Validity } from './parts';
import { entryOf } from './entry';
import { kubeconfigFileName } from './fileName';
import { berthApiRef } from '../../api';

const WIDTH = 640;

/** Requests a token and shows the kubeconfig with it. */
export function KubeconfigDialog(props: {
  cluster: Cluster;
  /** The namespace of the context; by default that of one of the caller's shares. */
  namespace?: string;
  onClose: () => void;
}) {
  const { cluster, namespace, onClose } = props;
  const t = useText();
  const { token, error, minting, mint } = useToken(cluster.name);
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
      {token ? (
        <Kubeconfig
          cluster={cluster}
          namespace={namespace}
          token={token}
          onRenew={mint}
          onClose={onClose}
        />
      ) : (
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
      )}
    </Dialog>
  );
}

function Kubeconfig(props: {
  cluster: Cluster;
  namespace?: string;
  token: TokenResponse;
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
          apiServer: cluster.apiServer,
          caData: cluster.caData,
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

function NamespaceChoice(props: {
  shares: Share[];
  /** A namespace to offer even if no share has it. */
  given?: string;
  chosen?: string;
  onChoose: (namespace: string) => void;
}) {
  const { shares, given, chosen, onChoose } = props;
  const t = useText();
  const names = [
    ...new Set([
      ...(given === undefined ? [] : [given]),
      ...shares.map(({ namespace }) => namespace),
    ]),
  ];
  if (names.length === 0) {
    return <Text color="secondary">{t('kubeconfig.noNamespace')}</Text>;
  }
  const share = shares.find(({ namespace }) => namespace === chosen);
  return (
    <Flex direction="column" gap="2">
      {names.length === 1 ? (
        <Text>{t('kubeconfig.inNamespace', { namespace: chosen ?? '' })}</Text>
      ) : (
        <Select
          label={t('kubeconfig.namespace')}
          value={chosen}
          onChange={key => onChoose(String(key))}
          options={names.map(name => ({ id: name, label: name }))}
        />
      )}
      {share && share.state !== 'Ready' && (
        <ToneText tone="warning">
          {t('kubeconfig.notReady', { namespace: share.namespace })}
        </ToneText>
      )}
    </Flex>
  );
}

function isRefusal(error: unknown): boolean {
  return ['forbidden', 'notFound'].includes(problemOf(error).kind);
}

/** A token for one cluster, requested on first use and again on demand. */
export interface MintedToken {
  token?: TokenResponse;
  error?: unknown;
  minting: boolean;
  mint: () => void;
}

/** Requests a token for the caller. The token is kept in memory only. */
export function useToken(cluster: string): MintedToken {
  const api = useApi(berthApiRef);
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<Omit<MintedToken, 'mint'>>({
    minting: true,
  });

  useEffect(() => {
    let current = true;
    setResult({ minting: true });
    api.createToken(cluster).then(
      token => current && setResult({ token, minting: false }),
      error => current && setResult({ error, minting: false }),
    );
    return () => {
      current = false;
    };
  }, [api, cluster, attempt]);

  const mint = useCallback(() => setAttempt(number => number + 1), []);
  return { ...result, mint };
}
