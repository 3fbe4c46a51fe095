import { PluginHeader } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { AccessProvider, LiveProvider } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { useText } from '../common';
import styles from './BerthPages.module.css';
import { BerthRoutes } from './BerthRoutes';
import { useTabs } from './useTabs';

/**
 * All pages of Berth, below a header of their own: legacy apps bring none, and the one of the new frontend
 * system is loaded late and mounts the pages anew then, which loses what was typed.
 */
export function BerthPages() {
  return (
    <LiveProvider>
      <AccessProvider>
        <div className={styles.pages}>
          <BerthHeader />
          <BerthRoutes />
        </div>
      </AccessProvider>
    </LiveProvider>
  );
}

function BerthHeader() {
  const t = useText();
  const root = useRouteRef(rootRouteRef);
  const tabs = useTabs().map(tab => ({
    ...tab,
    matchStrategy: 'prefix' as const,
  }));
  return (
    <PluginHeader
      title={t('plugin.title')}
      titleLink={root()}
      icon={<RiShipLine />}
      tabs={tabs}
    />
  );
}
