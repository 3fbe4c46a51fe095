import { useEffect, useRef } from 'react';
import { PluginHeader, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { AccessProvider } from '../kit/hooks';
import { QueryProvider } from '../kit/query';
import { rootRouteRef } from '../routes';
import { useText } from '../kit';
import { SetupHints } from '../features/setup/SetupHints';
import styles from './BerthPages.module.css';
import { BerthRoutes } from './BerthRoutes';
import { useTabs } from './useTabs';

/**
 * All pages of Berth, below their own header: legacy apps have none, and the header of the new frontend system
 * loads late and then mounts the pages again, which loses input.
 */
export function BerthPages() {
  return (
    <QueryProvider>
      <AccessProvider>
        <div className={styles.pages}>
          <BerthHeader />
          <SetupHints>
            <BerthRoutes />
          </SetupHints>
        </div>
      </AccessProvider>
    </QueryProvider>
  );
}

/*
 * The tabs of `PluginHeader` follow only the address: on the page of a namespace, whose address is below that of
 * its cluster, they would select "Clusters". They cannot scroll either, so they widen narrow pages.
 */
function BerthHeader() {
  const t = useText();
  const root = useRouteRef(rootRouteRef);
  const { tabs = [], selected = '' } = useTabs() ?? {};
  const list = useRef<HTMLDivElement>(null);
  // On a phone, the tabs do not all fit, and the selected tab may be out of view.
  useEffect(() => {
    list.current
      ?.querySelector('[role="tab"][aria-selected="true"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [selected, tabs.length]);
  return (
    <div className={styles.header}>
      <PluginHeader
        title={t('plugin.title')}
        titleLink={root()}
        icon={<RiShipLine />}
      />
      <div className={styles.tabs} ref={list}>
        {tabs.length > 0 && (
          <Tabs selectedKey={selected}>
            <TabList aria-label={t('plugin.title')}>
              {tabs.map(({ id, label, href }) => (
                <Tab key={id} id={id} href={href}>
                  {label}
                </Tab>
              ))}
            </TabList>
            {/* The selected tab refers to it as its panel; the page itself stays mounted when tabs appear. */}
            <TabPanel key={selected} id={selected} className={styles.panel} />
          </Tabs>
        )}
      </div>
    </div>
  );
}
