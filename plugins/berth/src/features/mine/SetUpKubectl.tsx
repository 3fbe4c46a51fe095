import { ReactNode, useMemo, useEffect, useState } from 'react';
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
  createKubeconfig,
  KubeconfigEntry,
  TokenResponse,
} from '@berth/plugin-berth-common';
import { RiShipLine } from '@remixicon/react';
import { useApi } from '@backstage/core-plugin-api';
import { useAccess } from '../../kit/hooks';
import { Command, Validity } from '../../kit/kubeconfig/parts';
import { entryOf } from '../../kit/kubeconfig/entry';
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
import { MineRow, clustersOf } from './mine';
import styles from './SetUpKubectl.module.css';
import { berthApiRef } from '../../api';

const WIDTH = 640;

/** Offers one kubeconfig for all of the caller's clusters, and the commands to use it. */
export function SetUpKubectl(props: { rows: MineRow[]; onClose: () => void }) {
  const { rows, onClose } = props;
  const t = useText();
  const { value: access } = useAccess();
  const clusters = useMemo(
    () =>
      clustersOf(rows).filter(
        cluster =>
          cluster.status.state === 'Connected' &&
          entryOf(cluster, access).allowed,
      ),
    [rows, access],
  );
  const minted = useTokens(clusters);
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('setUp.title')}</DialogHeader>
      <DialogBody>
        {minted ? (
          <Minted
            minted={minted}
            rows={rows}
            username={access?.username ?? ''}
          />
        ) : (
          <Flex direction="column" gap="2" aria-busy="true">
            <Text color="secondary">
              {t('setUp.minting', { count: clusters.length })}
            </Text>
            <Skeleton height={180} width="100%" />
          </Flex>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('setUp.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Minted(props: {
  minted: MintedTokens;
  rows: MineRow[];
  username: string;
}) {
  const { minted, rows, username } = props;
  const { tokens, failed, mintedAt } = minted;
  const t = useText();
  if (tokens.length === 0) {
    return failed.length > 0 ? (
      <ProblemAlert error={failed[0].error} title={t('setUp.failed')} />
    ) : (
      <Notice icon={RiShipLine} title={t('setUp.none')} />
    );
  }
  const text = createKubeconfig(
    tokens.map(({ cluster, token }) => ({
      cluster: cluster.name,
      apiServer: cluster.apiServer,
      caData: cluster.caData,
      username,
      token: token.token,
      ...namespacesOf(rows, cluster),
    })),
  );
  const fileName = kubeconfigFileName('berth', mintedAt);
  const commands = fileCommands(fileName);
  const left = distinctClusterNames(rows).filter(
    name => !tokens.some(({ cluster }) => cluster.name === name),
  );
  const first = tokens[0].cluster.name;
  return (
    <Flex direction="column" gap="3">
      <Text>{t('setUp.description')}</Text>
      <Validity
        expiresAt={Math.min(
          ...tokens.map(({ token }) => Date.parse(token.expiresAt)),
        )}
      />
      <ol className={styles.steps}>
        <Step title={t('setUp.save')}>
          <Flex gap="2">
            <DownloadButton text={text} fileName={fileName} variant="primary" />
            <CopyButton text={text} />
          </Flex>
        </Step>
        <Step title={t('setUp.point')}>
          <Flex direction="column" gap="2">
            <Text variant="body-small">{t('setUp.shell')}</Text>
            <Command
              label={t('setUp.commandIn', { shell: t('setUp.shell') })}
              text={commands.shell}
            />
            <Text variant="body-small">{t('setUp.powerShell')}</Text>
            <Command
              label={t('setUp.commandIn', { shell: t('setUp.powerShell') })}
              text={commands.powerShell}
            />
            <Text variant="body-small" color="secondary">
              {t('setUp.pointHint')}
            </Text>
          </Flex>
        </Step>
        <Step title={t('setUp.use')}>
          <Command
            label={t('setUp.tryIt')}
            text={`kubectl config get-contexts\nkubectl --context ${first} get pods`}
          />
        </Step>
      </ol>
      {left.length > 0 && (
        <Text variant="body-small" color="secondary">
          {t('setUp.partial', { count: left.length, names: left.join(', ') })}
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
  rows: MineRow[],
  cluster: Cluster,
): Pick<KubeconfigEntry, 'namespace' | 'namespaces'> {
  const namespaces = rows
    .map(({ namespace }) => namespace)
    .filter(namespace => namespace.cluster === cluster.name)
    .map(({ name }) => name);
  return {
    namespace: namespaces[0],
    ...(namespaces.length > 1 && { namespaces }),
  };
}

function distinctClusterNames(rows: MineRow[]): string[] {
  return [...new Set(rows.map(({ namespace }) => namespace.cluster))];
}

/** The results of token requests for several clusters. */
export interface MintedTokens {
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
  }, [api, asked]);
  return minted;
}
