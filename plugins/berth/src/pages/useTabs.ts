import { matchPath, useParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import { readsEverything, useAccess } from '../kit/hooks';
import {
  activityRouteRef,
  clustersRouteRef,
  helmRouteRef,
  mineRouteRef,
  namespacesRouteRef,
  quotasRouteRef,
  requestsRouteRef,
  resourcesRouteRef,
} from '../routes';
import { useInboxCount } from '../features/requests/list/requestsQuery';
import { useText } from '../kit';

const TABS = [
  'mine',
  'clusters',
  'namespaces',
  'resources',
  'helm',
  'quotas',
  'requests',
  'activity',
] as const;

/**
 * Returns the tab of a page.
 *
 * @param path - below the root of Berth, such as `clusters/staging/namespaces/shop`
 * @returns empty if the page has no tab
 */
export function tabOf(path: string, all: boolean): string {
  if (
    matchPath('/clusters/:name/namespaces/:namespace/releases/*', `/${path}`)
  ) {
    return 'helm';
  }
  if (matchPath('/clusters/:name/namespaces/:namespace/*', `/${path}`)) {
    // Only admins and auditors have a list of all namespaces.
    return all ? 'namespaces' : 'mine';
  }
  if (matchPath('/clusters/:name/objects/*', `/${path}`)) {
    return 'resources';
  }
  if (matchPath('/add', `/${path}`)) {
    return 'clusters';
  }
  if (matchPath('/kubectl/*', `/${path}`)) {
    return 'mine';
  }
  return TABS.find(tab => matchPath(`/${tab}/*`, `/${path}`)) ?? '';
}

/** The tabs above all pages. */
export interface Tabs {
  tabs: { id: string; label: string; href: string }[];
  /** Id of the tab of the open page; empty if the page has no tab. */
  selected: string;
}

/**
 * Returns the tabs that the caller can use; undefined until it is known whether the caller reads everything, so
 * that no tab moves under the pointer.
 */
export function useTabs(): Tabs | undefined {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  const namespaces = useRouteRef(namespacesRouteRef);
  const quotas = useRouteRef(quotasRouteRef);
  const resources = useRouteRef(resourcesRouteRef);
  const helm = useRouteRef(helmRouteRef);
  const requests = useRouteRef(requestsRouteRef);
  const activity = useRouteRef(activityRouteRef);
  const { '*': path = '' } = useParams();
  const { value: access, error } = useAccess();
  const inbox = useInboxCount();
  if (!access && !error) {
    return undefined;
  }
  const all = readsEverything(access);
  return {
    tabs: [
      { id: 'mine', label: t('tab.mine'), href: mine() },
      { id: 'clusters', label: t('tab.clusters'), href: clusters() },
      { id: 'resources', label: t('tab.resources'), href: resources() },
      { id: 'helm', label: t('tab.helm'), href: helm() },
      ...(all
        ? [
            {
              id: 'namespaces',
              label: t('tab.namespaces'),
              href: namespaces(),
            },
            { id: 'quotas', label: t('tab.quotas'), href: quotas() },
          ]
        : []),
      {
        id: 'requests',
        label: inbox.value
          ? t('tab.requestsCount', { number: String(inbox.value) })
          : t('tab.requests'),
        href: requests(),
      },
      { id: 'activity', label: t('tab.activity'), href: activity() },
    ],
    selected: tabOf(path, all),
  };
}
