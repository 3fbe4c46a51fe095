import { useState } from 'react';
import { Flex, Header, Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';
import { useParams } from 'react-router-dom';
import { useAccess, useTabInView } from '../../../kit/hooks';
import { clusterRouteRef, namespaceRouteRef } from '../../../routes';
import { KubeconfigButton } from '../../../kit/kubeconfig/KubeconfigButton';
import { KubeconfigDialog } from '../../../kit/kubeconfig/KubeconfigDialog';
import { ClusterStateLabel, NamespaceStatusLabel, useText } from '../../../kit';

/** The tabs of a namespace, in their order. */
export const NAMESPACE_TABS = [
  'overview',
  'access',
  'quota',
  'activity',
  'danger',
] as const;

/** Shows the name, the status, the tabs, and the kubeconfig button. */
export function NamespaceHeader(props: {
  namespace: ManagedNamespace;
  cluster?: Cluster;
  breadcrumbs: { label: string; href: string }[];
}) {
  const { namespace, cluster, breadcrumbs } = props;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { value: access } = useAccess();
  const clusterRoute = useRouteRef(clusterRouteRef);
  const activeTabId = useNamespaceTab();
  const [kubeconfig, setKubeconfig] = useState(false);
  const base = route({ name: namespace.cluster, namespace: namespace.name });
  const ids = NAMESPACE_TABS.filter(id => id !== 'danger' || access?.admin);
  useTabInView(activeTabId, ids.length);
  return (
    <>
      <Header
        title={namespace.name}
        description={namespace.purpose}
        breadcrumbs={breadcrumbs}
        metadata={[
          {
            label: t('namespaces.column.status'),
            value: (
              <NamespaceStatusLabel
                namespace={namespace}
                clusterState={cluster?.status.state}
              />
            ),
          },
          {
            label: t('namespace.overview.cluster'),
            value: (
              <Flex align="center" gap="2">
                <Link
                  href={clusterRoute({ name: namespace.cluster })}
                  variant="body-medium"
                  standalone
                >
                  {namespace.cluster}
                </Link>
                {cluster && <ClusterStateLabel status={cluster.status} />}
              </Flex>
            ),
          },
        ]}
        tabs={ids.map(id => ({
          id,
          label: t(`namespace.tab.${id}`),
          href: id === 'overview' ? base : `${base}/${id}`,
        }))}
        activeTabId={activeTabId}
        customActions={
          cluster && (
            <KubeconfigButton
              cluster={cluster}
              onOpen={() => setKubeconfig(true)}
            />
          )
        }
      />
      {kubeconfig && cluster && (
        <KubeconfigDialog
          cluster={cluster}
          namespace={namespace.name}
          onClose={() => setKubeconfig(false)}
        />
      )}
    </>
  );
}

export type NamespaceTabId = (typeof NAMESPACE_TABS)[number];

/** Returns the open tab of a namespace's page. */
export function useNamespaceTab(): NamespaceTabId {
  const { '*': path = '' } = useParams();
  return NAMESPACE_TABS.find(id => id === path.split('/')[0]) ?? 'overview';
}
