import { Header, Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  ObjectAddress,
  ObjectView,
  RelatedObject,
} from '@berth/plugin-berth-common';
import {
  Moment,
  RefreshControl,
  useObjectHref,
  useReleaseHref,
  useText,
} from '../../kit';
import { useTabInView } from '../../kit/hooks';
import { Polled } from '../../kit/query';
import { tabOfKind } from '../../kit/resourceTabs';
import {
  clusterRouteRef,
  namespaceRouteRef,
  resourcesRouteRef,
} from '../../routes';
import { ActionsMenu } from './actions/ActionsMenu';
import { ObjectActions } from './actions/useObjectActions';
import { kindOf, TabId, tabsOf } from './kinds';
import styles from './object.module.css';
import { PodTerminal } from './PodTerminal';
import { mapAt, textAt, timeAt } from './reading';

/** Shows the name, the place and the status of an object, its tabs and its actions. */
export function ObjectHeader(props: {
  address: ObjectAddress;
  view: ObjectView;
  tab: TabId;
  polled: Polled<ObjectView>;
  related?: RelatedObject[];
  actions: ObjectActions;
}) {
  const { address, view, tab, polled, related, actions } = props;
  const { cluster, namespace, name } = address;
  const t = useText();
  useTabInView(tab);
  const href = useObjectHref();
  const base = href(address);
  const breadcrumbs = useBreadcrumbs(address);
  const clusterRoute = useRouteRef(clusterRouteRef);
  const namespaceRoute = useRouteRef(namespaceRouteRef);
  const status = statusOf(view);
  const release = releaseOf(address, view);
  const releaseHref = useReleaseHref();
  const createdAt = timeAt(view.object, 'metadata.creationTimestamp');
  return (
    <Header
      title={name}
      breadcrumbs={breadcrumbs}
      metadata={[
        {
          label: t('object.header.kind'),
          value: textAt(view.object, 'kind') ?? address.plural,
        },
        ...(status
          ? [{ label: t('object.header.status'), value: status }]
          : []),
        {
          label: t('object.header.cluster'),
          value: (
            <Link
              href={clusterRoute({ name: cluster })}
              variant="body-medium"
              standalone
            >
              {cluster}
            </Link>
          ),
        },
        ...(namespace === undefined
          ? []
          : [
              {
                label: t('object.header.namespace'),
                value: (
                  <Link
                    href={namespaceRoute({ name: cluster, namespace })}
                    variant="body-medium"
                    standalone
                  >
                    {namespace}
                  </Link>
                ),
              },
            ]),
        ...(release
          ? [
              {
                label: t('object.header.release'),
                value: (
                  <Link
                    href={releaseHref(release)}
                    variant="body-medium"
                    standalone
                  >
                    {release.release}
                  </Link>
                ),
              },
            ]
          : []),
        ...(createdAt
          ? [
              {
                label: t('object.header.age'),
                value: <Moment at={createdAt} display="age" />,
              },
            ]
          : []),
      ]}
      tabs={tabsOf(address).map(id => ({
        id,
        label: t(`object.tab.${id}`),
        href: id === 'overview' ? base : `${base}/${id}`,
      }))}
      activeTabId={tab}
      customActions={
        <div className={styles.headerActions}>
          <RefreshControl polled={polled} />
          <PodTerminal address={address} view={view} />
          <ActionsMenu
            address={address}
            view={view}
            related={related}
            actions={actions}
            paths={{
              yaml: `${base}/yaml`,
              revisions: `${base}/revisions`,
              afterDeletion: breadcrumbs[breadcrumbs.length - 1].href,
            }}
          />
        </div>
      }
    />
  );
}

/** Returns the lists in which a person finds an object: all resources, and those of its kind and place. */
export function useBreadcrumbs(
  address: ObjectAddress,
): { label: string; href: string }[] {
  const { cluster, namespace, plural } = address;
  const t = useText();
  const resources = useRouteRef(resourcesRouteRef);
  const kind = kindOf(address);
  const place = new URLSearchParams({
    kind,
    cluster,
    ...(namespace !== undefined && { namespace }),
  });
  return [
    { label: t('resources.title'), href: resources() },
    { label: plural, href: `${resources()}/${tabOfKind(kind)}?${place}` },
  ];
}

/** Returns the Helm release that an object belongs to; undefined if Helm did not create the object. */
function releaseOf(
  { cluster, namespace }: ObjectAddress,
  { object }: ObjectView,
): HelmReleaseAddress | undefined {
  const annotations = mapAt(object, 'metadata.annotations');
  const release = annotations['meta.helm.sh/release-name'];
  const place = annotations['meta.helm.sh/release-namespace'] ?? namespace;
  return release && place ? { cluster, namespace: place, release } : undefined;
}

/** Columns of the list that say how an object is, the best first. */
const STATUS_COLUMNS = ['Status', 'Phase', 'Ready', 'Completions'];

/** Returns the word for the state of an object that its list shows. */
function statusOf({ summary, object }: ObjectView): string | undefined {
  for (const wanted of STATUS_COLUMNS) {
    const index = summary?.columns.findIndex(({ name }) => name === wanted);
    const cell = summary?.cells[index ?? -1];
    if (cell !== undefined && cell !== null && cell !== '') {
      return wanted === 'Status' || wanted === 'Phase'
        ? String(cell)
        : `${cell} ${wanted.toLowerCase()}`;
    }
  }
  return textAt(object, 'status.phase');
}
