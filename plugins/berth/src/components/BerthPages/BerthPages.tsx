import { ReactNode } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { AccessProvider } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { useText } from '../common';
import { BerthRoutes } from './BerthRoutes';
import { useTabs } from './useTabs';

/** All pages of Berth, in the layout of an app of the new frontend system. */
export function BerthPages() {
  return (
    <AccessProvider>
      <Layout>
        <BerthRoutes />
      </Layout>
    </AccessProvider>
  );
}

function Layout({ children }: { children: ReactNode }) {
  const t = useText();
  const root = useRouteRef(rootRouteRef);
  const headerActions = useApi(pluginHeaderActionsApiRef);
  return (
    <PageLayout
      title={t('plugin.title')}
      titleLink={root()}
      icon={<RiShipLine />}
      tabs={useTabs()}
      headerActions={headerActions.getPluginHeaderActions('berth')}
    >
      {children}
    </PageLayout>
  );
}
