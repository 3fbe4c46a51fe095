import { Flex, Header, Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { Moment, RefreshControl, useReleaseHref, useText } from '../../../kit';
import { useTabInView } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';
import { clusterRouteRef, namespaceRouteRef } from '../../../routes';
import { chartText } from '../list/select';
import { ReleaseActionsMenu } from '../operations/ReleaseActionsMenu';
import { StateLabel } from '../StateLabel';
import { stateOf } from '../status';
import { RELEASE_TABS, ReleaseTab } from './tabs';

/** Shows the name, the place and the status of a release, and its tabs. */
export function ReleaseHeader(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  tab: ReleaseTab;
  polled: Polled<HelmReleaseView>;
  breadcrumbs: { label: string; href: string }[];
}) {
  const { address, view, tab, polled, breadcrumbs } = props;
  const { cluster, namespace, release } = address;
  useTabInView(tab);
  const t = useText();
  const base = useReleaseHref()(address);
  const clusterRoute = useRouteRef(clusterRouteRef);
  const namespaceRoute = useRouteRef(namespaceRouteRef);
  const { chart, revision, updatedAt } = view;
  const link = (href: string, name: string) => (
    <Link href={href} variant="body-medium" standalone>
      {name}
    </Link>
  );
  const metadata = [
    {
      label: t('helm.column.status'),
      value: <StateLabel state={stateOf(view, Date.now())} />,
    },
    chart && { label: t('helm.column.chart'), value: chartText(chart) },
    revision !== undefined && {
      label: t('helm.column.revision'),
      value: String(revision),
    },
    updatedAt && {
      label: t('helm.column.updated'),
      value: <Moment at={updatedAt} />,
    },
    {
      label: t('helm.column.cluster'),
      value: link(clusterRoute({ name: cluster }), cluster),
    },
    {
      label: t('helm.column.namespace'),
      value: link(namespaceRoute({ name: cluster, namespace }), namespace),
    },
  ];
  return (
    <Header
      title={release}
      breadcrumbs={breadcrumbs}
      metadata={metadata.flatMap(item => item || [])}
      tabs={RELEASE_TABS.map(id => ({
        id,
        label: t(`helm.tab.${id}`),
        href: id === 'overview' ? base : `${base}/${id}`,
      }))}
      activeTabId={tab}
      customActions={
        <Flex gap="2" align="center">
          <ReleaseActionsMenu address={address} view={view} />
          <RefreshControl polled={polled} />
        </Flex>
      }
    />
  );
}
