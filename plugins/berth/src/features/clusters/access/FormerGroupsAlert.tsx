import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { groupName } from '../../../kit/format';
import { usePolled } from '../../../kit/query';
import { ConfirmAlert, useText } from '../../../kit';
import { takeOverGroups, findFormerGroups } from './shares';

const INTERVAL = 60_000;
/** The number of groups to list; people do not read more. */
const MAX_LISTED = 10;

/** Lists groups that were created again in the catalog, with a button to give them the access of the former groups. */
export function FormerGroupsAlert(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const catalogApi = useApi(catalogApiRef);
  const shares = JSON.stringify(
    cluster.shares.map(({ group, groupUid }) => ({ group, groupUid })),
  );
  const { value: groups = [], refresh } = usePolled({
    key: ['formerGroups', shares],
    load: () => findFormerGroups(catalogApi, JSON.parse(shares)),
    every: INTERVAL,
  });
  if (groups.length === 0) {
    return null;
  }
  const names = groups.slice(0, MAX_LISTED).map(groupName).join(', ');
  const rest = groups.length - MAX_LISTED;
  return (
    <ConfirmAlert
      alert={{
        role: 'alert',
        status: 'warning',
        title: t('access.former.title', { count: groups.length }),
        description: t('access.former.description'),
      }}
      button={t('access.former.action', { count: groups.length })}
      dialog={{
        title: t('access.former.confirmTitle', { count: groups.length }),
        action: t('access.former.confirm'),
        failed: t('access.former.failed'),
        onConfirm: async () => {
          await takeOverGroups(api, cluster.name, groups);
          await Promise.all([onChanged(), refresh()]);
        },
        children: (
          <>
            <Text>{t('access.former.consequence')}</Text>
            <Text color="secondary">
              {rest > 0
                ? t('access.former.more', { names, count: rest })
                : names}
            </Text>
          </>
        ),
      }}
    />
  );
}
