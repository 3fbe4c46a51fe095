import { useRouteRef } from '@backstage/core-plugin-api';
import { clustersRouteRef, mineRouteRef } from '../../routes';
import { useText } from '../common';

/** The tabs that the caller can use. */
export function useTabs(): { id: string; label: string; href: string }[] {
  const t = useText();
  const mine = useRouteRef(mineRouteRef);
  const clusters = useRouteRef(clustersRouteRef);
  return [
    { id: 'mine', label: t('tab.mine'), href: mine() },
    { id: 'clusters', label: t('tab.clusters'), href: clusters() },
  ];
}
