import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, Share } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { groupName } from '../../../format';
import { ProblemAlert, useText } from '../../common';
import { removeShare } from './changeShares';

/** Asks before a group loses its share, and says what that does. */
export function RemoveShareDialog(props: {
  cluster: Cluster;
  share: Share;
  onClose: () => void;
  onChanged: () => Promise<void>;
}) {
  const { cluster, share, onClose, onChanged } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async () => {
    setRemoving(true);
    setError(undefined);
    try {
      await removeShare(api, cluster.name, share.group);
      await onChanged();
      onClose();
    } catch (failure) {
      setError(failure);
      setRemoving(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <DialogHeader>
        {t('access.remove.title', {
          group: groupName(share.group),
        })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text>
            {t('access.remove.binding', { namespace: share.namespace })}
          </Text>
          <Text>{t('access.remove.tokens')}</Text>
          {error !== undefined && (
            <ProblemAlert error={error} title={t('access.remove.failed')} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="primary"
          destructive
          onPress={remove}
          isPending={removing}
        >
          {t('access.remove.confirm')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
