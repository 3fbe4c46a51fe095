import { ReactNode, useEffect, useState } from 'react';
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
  AccessSummary,
  Cluster,
  createKubeconfig,
  KubeconfigEntry,
  ManagedNamespace,
  TokenResponse,
} from '@berth/plugin-berth-common';
import { RiShipLine } from '@remixicon/react';
import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useAccess, useMine } from '../../kit/hooks';
import { Command, Validity } from '../../kit/kubeconfig/parts';
import { entryOf } from '../../kit/kubeconfig/entry';
import { serverOf } from '../../kit/kubeconfig/server';
import {
  fileCommands,
  kubeconfigFileName,
} from '../../kit/kubeconfig/fileName';
import {
  CopyButton,
  DownloadButton,
  Notice,
  ProblemAlert,
  useText,
} from '../../kit';
import styles from './kubectl.module.css';
import { berthApiRef } from '../../api';

const WIDTH = 640;

/** Offers one kubeconfig with tokens for all of the caller's clusters, and the commands to use it. */
export function TokenFileDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { namespaces, clusters } = useMine();
  const access = useAccess();
  const error = namespaces.error ?? clusters.error ?? access.error;
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('tokenFile.title')}</DialogHeader>
      <DialogBody>{content()}</DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('tokenFile.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );

  function content() {
    if (namespaces.value && clusters.value && access.value) {
      return (
        <Tokens
          namespaces={namespaces.value.items}
          clusters={clusters.value.items}
          access={access.value}
        />
      );
    }
    return error ? <ProblemAlert error={error} /> : <Minting />;
  }
}

function Minting({ count = 0 }: { count?: number }) {
  const t = useText();
  return (
    <Flex direction="column" gap="2" aria-busy="true">
      <Text color="secondary">{t('tokenFile.minting', { count })}</Text>
      <Skeleton height={180} width="100%" />
    </Flex>
  );
}

function Tokens(props: {
  namespaces: ManagedNamespace[];
  clusters: Cluster[];
  access: AccessSummary;
}) {
  const { namespaces, clusters, access } = props;
  const names = new Set(namespaces.map(({ cluster }) => cluster));
  const minted = useTokens(
    clusters.filter(
      cluster =>
        names.has(cluster.name) &&
        cluster.status.state === 'Connected' &&
        entryOf(cluster, access).allowed,
    ),
  );
  return minted ? (
    <Minted
      minted={minted}
      namespaces={namespaces}
      username={access.username}
    />
  ) : (
    <Minting count={names.size} />
  );
}

function Minted(props: {
  minted: MintedTokens;
  namespaces: ManagedNamespace[];
  username: string;
}) {
  const { minted, namespaces, username } = props;
  const { api, tokens, failed, mintedAt } = minted;
  const t = useText();
  if (tokens.length === 0) {
    return failed.length > 0 ? (
      <ProblemAlert error={failed[0].error} title={t('tokenFile.failed')} />
    ) : (
      <Notice icon={RiShipLine} title={t('tokenFile.none')} />
    );
  }
  const text = createKubeconfig(
    tokens.map(({ cluster, token }) => ({
      cluster: cluster.name,
      ...serverOf(cluster, api),
      username,
      token: token.token,
      ...namespacesOf(namespaces, cluster),
    })),
  );
  const fileName = kubeconfigFileName('berth', mintedAt);
  const commands = fileCommands(fileName);
  const left = [...new Set(namespaces.map(one => one.cluster))].filter(
    name => !tokens.some(({ cluster }) => cluster.name === name),
  );
  const first = tokens[0].cluster.name;
  return (
    <Flex direction="column" gap="3">
      <Text>{t('tokenFile.description')}</Text>
      <Validity
        expiresAt={Math.min(
          ...tokens.map(({ token }) => Date.parse(token.expiresAt)),
        )}
      />
      <ol className={styles.steps}>
        <Step title={t('tokenFile.save')}>
          <Flex gap="2">
            <DownloadButton text={text} fileName={fileName} variant="primary" />
            <CopyButton text={text} />
          </Flex>
        </Step>
        <Step title={t('tokenFile.point')}>
          <Flex direction="column" gap="2">
            <Text variant="body-small">{t('tokenFile.shell')}</Text>
            <Command
              label={t('tokenFile.commandIn', { shell: t('tokenFile.shell') })}
              text={commands.shell}
            />
            <Text variant="body-small">{t('tokenFile.powerShell')}</Text>
            <Command
              label={t('tokenFile.commandIn', {
                shell: t('tokenFile.powerShell'),
              })}
              text={commands.powerShell}
            />
            <Text variant="body-small" color="secondary">
              {t('tokenFile.pointHint')}
            </Text>
          </Flex>
        </Step>
        <Step title={t('tokenFile.use')}>
          <Command
            label={t('tokenFile.tryIt')}
            text={`kubectl config get-contexts\nkubectl --context ${first} get pods`}
          />
        </Step>
      </ol>
      {left.length > 0 && (
        <Text variant="body-small" color="secondary">
          {t('tokenFile.partial', {
            count: left.length,
            names: left.join(', '),
          })}
        </Text>
      )}
      <Text variant="body-small" color="secondary">
        {t('kubeconfig.secret')}
      </Text>
    </Flex>
  );
}

function Step(props: { title: string; children: ReactNode }) {
  return (
    <li>
      <Text as="div" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </li>
  );
}

/** Returns the first namespace of a cluster for its context, and if there are several, all for a context each. */
function namespacesOf(
  all: ManagedNamespace[],
  cluster: Cluster,
): Pick<KubeconfigEntry, 'namespace' | 'namespaces'> {
  const namespaces = all
    .filter(namespace => namespace.cluster === cluster.name)
    .map(({ name }) => name);
  return {
    namespace: namespaces[0],
    ...(namespaces.length > 1 && { namespaces }),
  };
}

/** The results of token requests for several clusters. */
export interface MintedTokens {
  /** The address of Berth's API. */
  api: string;
  tokens: { cluster: Cluster; token: TokenResponse }[];
  failed: { cluster: Cluster; error: unknown }[];
  mintedAt: Date;
}

/**
 * Requests a token for each cluster at once. The tokens are kept in memory only.
 *
 * @param clusters - only the clusters of the first call are used
 * @returns undefined until all requests are done
 */
export function useTokens(clusters: Cluster[]): MintedTokens | undefined {
  const api = useApi(berthApiRef);
  const discovery = useApi(discoveryApiRef);
  const [asked] = useState(clusters);
  const [minted, setMinted] = useState<MintedTokens>();
  useEffect(() => {
    let current = true;
    mintAll();
    return () => {
      current = false;
    };

    async function mintAll() {
      const results = await Promise.allSettled(
        asked.map(({ name }) => api.createToken(name)),
      );
      const outcome: MintedTokens = {
        api: await discovery.getBaseUrl('berth'),
        tokens: [],
        failed: [],
        mintedAt: new Date(),
      };
      for (const [index, result] of results.entries()) {
        const cluster = asked[index];
        if (result.status === 'fulfilled') {
          outcome.tokens.push({ cluster, token: result.value });
        } else {
          outcome.failed.push({ cluster, error: result.reason });
        }
      }
      if (current) {
        setMinted(outcome);
      }
    }
  }, [api, discovery, asked]);
  return minted;
}
