import { useState } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, Share } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useGroupTitles } from '../../../kit/hooks';
import { ConfirmDialog, useText } from '../../../kit';

/** Asks before a group loses its share, and shows the consequences. */
export function RemoveShareDialog(props: {
  cluster: Cluster;
  share: Share;
  onClose: () => void;
  onChanged: () => Promise<void>;
}) {
  const { cluster, share, onClose, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const titleOf = useGroupTitles([share.group]);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async () => {
    setRemoving(true);
    setError(undefined);
    try {
      await api.removeShare(cluster.name, share.group);
      await onChanged();
      onClose();
    } catch (failure) {
      setError(failure);
      setRemoving(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('access.remove.title', {
        cluster: cluster.name,
        group: titleOf(share.group),
      })}
      action={t('access.remove.confirm')}
      isPending={removing}
      error={error}
      failed={t('access.remove.failed')}
      onConfirm={remove}
      onClose={onClose}
    >
      <Text>{t('access.remove.binding', { namespace: share.namespace })}</Text>
      <Text>{t('access.remove.tokens')}</Text>
    </ConfirmDialog>
  );
}
