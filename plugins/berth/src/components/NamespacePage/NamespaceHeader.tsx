import { useState } from 'react';
import { Header } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';
import { useParams } from 'react-router-dom';
import { useAccess } from '../../hooks';
import { namespaceRouteRef } from '../../routes';
import { KubeconfigButton, KubeconfigDialog } from '../Kubeconfig';
import { ClusterStateLabel, NamespaceStatusLabel, useText } from '../common';

/** Name, status, tabs, and the way in. */
export function NamespaceHeader(props: {
  namespace: ManagedNamespace;
  cluster?: Cluster;
  breadcrumbs: { label: string; href: string }[];
}) {
  const { namespace, cluster, breadcrumbs } = props;
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { value: access } = useAccess();
  const { '*': tab = '' } = useParams();
  const [kubeconfig, setKubeconfig] = useState(false);
  const base = route({ name: namespace.cluster, namespace: namespace.name });
  const ids = [
    'overview',
    'access',
    'quota',
    'activity',
    ...(access?.admin ? (['danger'] as const) : []),
  ] as const;
  return (
    <>
      <Header
        title={namespace.name}
        description={namespace.purpose}
        breadcrumbs={breadcrumbs}
        metadata={[
          {
            label: t('namespaces.column.status'),
            value: <NamespaceStatusLabel namespace={namespace} />,
          },
          {
            label: t('namespace.overview.cluster'),
            value: cluster ? (
              <ClusterStateLabel state={cluster.status.state} />
            ) : (
              t('common.unknown')
            ),
          },
        ]}
        tabs={ids.map(id => ({
          id,
          label: t(`namespace.tab.${id}`),
          href: id === 'overview' ? base : `${base}/${id}`,
        }))}
        activeTabId={ids.find(id => id === tab.split('/')[0]) ?? 'overview'}
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
