import { useState } from 'react';
import { Text } from '@backstage/ui';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { ConfirmDialog, useNotify, useText } from '../../../kit';

/** Asks before a namespace is left unbounded. */
export function RemoveQuotaDialog(props: {
  address: NamespaceAddress;
  remove: () => Promise<boolean>;
  error: unknown;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}) {
  const { address, remove, error, onClose, onRemoved } = props;
  const { cluster, namespace } = address;
  const t = useText();
  const notify = useNotify();
  const [removing, setRemoving] = useState(false);
  const confirm = async () => {
    setRemoving(true);
    const removed = await remove();
    setRemoving(false);
    if (removed) {
      notify({
        message: t('quotas.editor.removed', { namespace }),
      });
      onClose();
      await onRemoved();
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
