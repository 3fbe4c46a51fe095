import { useState } from 'react';
import { Text } from '@backstage/ui';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { ConfirmDialog, useNotify, useText } from '../../../kit';

/** Asks before a namespace becomes unbounded. */
export function RemoveQuotaDialog(props: {
  address: NamespaceAddress;
  /** Resolves to false if another person changed the quota first. */
  remove: () => Promise<boolean>;
  onClose: () => void;
  onRemoved: () => Promise<unknown>;
}) {
  const { address, remove, onClose, onRemoved } = props;
  const { cluster, namespace } = address;
  const t = useText();
  const notify = useNotify();
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setRemoving(true);
    setError(undefined);
    try {
      const removed = await remove();
      onClose();
      if (removed) {
        notify({ message: t('quotas.editor.removed', { namespace }) });
        await onRemoved();
      }
    } catch (failure) {
      setError(failure);
      setRemoving(false);
    }
  };
  return (
    <ConfirmDialog
      title={t('quotas.editor.removeTitle', { namespace })}
      action={t('quotas.editor.removeQuota')}
      isPending={removing}
      error={error}
      failed={t('quotas.editor.removeFailed')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Text>{t('quotas.editor.removeText', { cluster })}</Text>
    </ConfirmDialog>
  );
}
