import { ButtonIcon, Cell, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import {
  RiDeleteBinLine,
  RiGroupLine,
  RiMore2Line,
  RiPieChartLine,
} from '@remixicon/react';
import { namespaceRouteRef } from '../../../../routes';
import { useText } from '../../../../kit';

/** The actions on a namespace, each a link to the tab where it is done. */
export function ActionsCell({ namespace }: { namespace: ManagedNamespace }) {
  const t = useText();
  const route = useRouteRef(namespaceRouteRef);
  const { cluster, name } = namespace;
  const base = route({ name: cluster, namespace: name });
  return (
    <Cell>
      <MenuTrigger>
        <ButtonIcon
          variant="tertiary"
          icon={<RiMore2Line />}
          aria-label={t('namespaces.actions', { namespace: name, cluster })}
        />
        <Menu>
          <MenuItem iconStart={<RiGroupLine />} href={`${base}/access`}>
            {t('namespaces.editAccess')}
          </MenuItem>
          <MenuItem iconStart={<RiPieChartLine />} href={`${base}/quota`}>
            {t('namespaces.editQuota')}
          </MenuItem>
          <MenuItem iconStart={<RiDeleteBinLine />} href={`${base}/danger`}>
            {t('namespaces.delete')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
    </Cell>
  );
}
