import { useState } from 'react';
import { Alert, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { groupName } from '../../../kit/format';
import { usePolled } from '../../../kit/query';
import { ActionButton, ConfirmDialog, useText } from '../../../kit';
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
  const catalogApi = useApi(catalogApiRef);
  const [asking, setAsking] = useState(false);
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
  return (
    <>
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('access.former.title', { count: groups.length })}
        description={t('access.former.description')}
        customActions={
          <ActionButton variant="secondary" onPress={() => setAsking(true)}>
            {t('access.former.action', { count: groups.length })}
          </ActionButton>
        }
      />
      {asking && (
        <TakeOverDialog
          cluster={cluster.name}
          groups={groups}
          onTakenOver={async () => {
            await Promise.all([onChanged(), refresh()]);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function TakeOverDialog(props: {
  cluster: string;
  groups: string[];
  onTakenOver: () => Promise<void>;
  onClose: () => void;
}) {
  const { cluster, groups, onTakenOver, onClose } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const names = groups.slice(0, MAX_LISTED).map(groupName).join(', ');
  const rest = groups.length - MAX_LISTED;

  const takeOver = async () => {
    setPending(true);
    setError(undefined);
    try {
      await takeOverGroups(api, cluster, groups);
      await onTakenOver();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('access.former.confirmTitle', { count: groups.length })}
      action={t('access.former.confirm')}
      isPending={pending}
      error={error}
      failed={t('access.former.failed')}
      onConfirm={takeOver}
      onClose={onClose}
    >
      <Text>{t('access.former.consequence')}</Text>
      <Text color="secondary">
        {rest > 0 ? t('access.former.more', { names, count: rest }) : names}
      </Text>
    </ConfirmDialog>
  );
}
