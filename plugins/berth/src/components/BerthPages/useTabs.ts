import { useRouteRef } from '@backstage/core-plugin-api';
import { useAccess } from '../../hooks';
import {
  activityRouteRef,
  clustersRouteRef,
  mineRouteRef,
  namespacesRouteRef,
  quotasRouteRef,
  requestsRouteRef,
} from '../../routes';
import { useText } from '../common';

/** The tabs that the caller can use. */
export function useTabs(): { id: string; label: string; href: string }[] {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  const namespaces = useRouteRef(namespacesRouteRef);
  const quotas = useRouteRef(quotasRouteRef);
  const requests = useRouteRef(requestsRouteRef);
  const activity = useRouteRef(activityRouteRef);
  const { value: access } = useAccess();
  return [
    { id: 'mine', label: t('tab.mine'), href: mine() },
    { id: 'clusters', label: t('tab.clusters'), href: clusters() },
    ...(access?.admin
      ? [
          { id: 'namespaces', label: t('tab.namespaces'), href: namespaces() },
          { id: 'quotas', label: t('tab.quotas'), href: quotas() },
        ]
      : []),
    { id: 'requests', label: t('tab.requests'), href: requests() },
    { id: 'activity', label: t('tab.activity'), href: activity() },
  ];
}
