import { useMemo } from 'react';
import { Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { AccessSummary, Cluster } from '@berth/plugin-berth-common';
import { RiShipLine } from '@remixicon/react';
import { berthApiRef } from '../api';
import { readsEverything, useAccess, useOpenInAddress } from '../kit/hooks';
import { usePolled } from '../kit/query';
import { RolesTable } from '../features/mine/MineTable';
import {
  CreateNamespaceButton,
  NamespacesList,
} from '../features/namespaces/list/NamespacesList';
import { Notice, ProblemNotice, StaleAlert, useText } from '../kit';
import styles from '../kit/page.module.css';

const INTERVAL = 15_000;
/** The most items that the API returns in one answer. */
const LIMIT = 500;

/** Lists the namespaces of a cluster: all for admins, those of their own groups for others. */
export function NamespacesTab({ cluster }: { cluster: Cluster }) {
  const { value: access } = useAccess();
  if (!access) {
    return null;
  }
  return (
    <div className={styles.tab}>
      {readsEverything(access) ? (
        <AllNamespaces cluster={cluster} />
      ) : (
        <OwnNamespaces cluster={cluster} access={access} />
      )}
    </div>
  );
}

function AllNamespaces({ cluster }: { cluster: Cluster }) {
  const [creating, setCreating] = useOpenInAddress('create');
  return (
    <>
      <Flex justify="end">
        <CreateNamespaceButton onPress={() => setCreating(true)} />
      </Flex>
      <div>
        <NamespacesList
          cluster={cluster.name}
          creating={creating}
          onCreating={setCreating}
        />
      </div>
    </>
  );
}

function OwnNamespaces(props: { cluster: Cluster; access: AccessSummary }) {
  const { cluster, access } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['namespaces', 'of', cluster.name],
    load: () => api.listNamespaces({ cluster: cluster.name, limit: LIMIT }),
    every: INTERVAL,
  });
  const clusters = useMemo(() => [cluster], [cluster]);
  const { value, error } = polled;
  if (!value && error !== undefined) {
    return (
      <ProblemNotice
        error={error}
        onRetry={polled.refresh}
        retrying={polled.refreshing}
      />
    );
  }
  if (value?.totalItems === 0) {
    return (
      <Notice
        icon={RiShipLine}
        title={t('cluster.namespaces.none', { cluster: cluster.name })}
      >
        <Text color="secondary">{t('cluster.namespaces.noneNext')}</Text>
      </Notice>
    );
  }
  return (
    <>
      <StaleAlert polled={polled} />
      <RolesTable
        namespaces={value?.items}
        clusters={clusters}
        groups={access.groups}
        user={access.user}
      />
    </>
  );
}
