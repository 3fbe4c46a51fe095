import { PluginHeader } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiShipLine } from '@remixicon/react';
import { rootRouteRef } from '../../routes';
import { useText } from '../common';
import { BerthPages } from './BerthPages';

/** The pages below the header that the new frontend system brings by itself. */
export function LegacyBerthPages() {
  const t = useText();
  const root = useRouteRef(rootRouteRef);
  return (
    <>
      <PluginHeader
        title={t('plugin.title')}
        titleLink={root()}
        icon={<RiShipLine />}
      />
      <BerthPages />
    </>
  );
}
